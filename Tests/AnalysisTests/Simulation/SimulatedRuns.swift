import Analysis
import Correlation
import Statistics
import Telemetry

/// Turns models into the inputs of the analysis.
enum SimulatedRuns {
    static let numbering = RequestNumbering(prefix: 0xFEED_FACE_CAFE_BEEF, key: 42)
    static let environment = "4 cores"

    static func test(_ model: EndpointModel, _ noise: inout Noise, failed: UInt64 = 0) -> CorrelatedTest {
        test(model.run(&noise, numbering: numbering), failed: failed)
    }

    /// A test whose latencies are those of the profile.
    static func test(_ profile: EndpointProfile, failed: UInt64 = 0) -> CorrelatedTest {
        var load = TestLoad(test: 0, startedAt: 0)
        load.latency = profile.duration
        load.serviceTime = profile.duration
        load.targetRate = 50
        load.achievedRate = 50
        load.ledger.scheduled = UInt64(profile.traces)
        load.ledger[.completed] = UInt64(profile.traces) - failed
        load.ledger[.status] = failed
        var completeness = Completeness()
        completeness.requested = profile.traces
        completeness.states = [.complete: profile.traces]
        let traces = (0..<profile.traces).map { number in
            JoinedTrace(
                traceID: numbering.traceID(of: UInt64(number)),
                sample: number,
                state: .complete,
                rows: 0..<0,
                root: nil
            )
        }
        return CorrelatedTest(
            load: load,
            name: profile.endpoint,
            traces: traces,
            completeness: completeness,
            profile: profile
        )
    }

    static func baseline(_ model: EndpointModel, _ noise: inout Noise, run: Int) -> BaselineRun {
        let profile = model.run(&noise, numbering: RequestNumbering(prefix: UInt64(run + 1), key: 7))
        return BaselineRun(
            runID: "run-\(run)",
            profile: profile,
            latency: profile.duration,
            errorRate: 0,
            achievedRate: 50,
            score: 1,
            status: "pass",
            coverage: 1,
            environment: environment
        )
    }

    static func baselines(_ model: EndpointModel, _ noise: inout Noise, count: Int) -> [BaselineRun] {
        (0..<count).map { baseline(model, &noise, run: $0) }
    }

    static func run(
        _ tests: [CorrelatedTest],
        spans: SpanTable = SpanTable(),
        vocabulary: Vocabulary = Vocabulary()
    ) -> CorrelatedRun {
        var completeness = Completeness()
        for test in tests { completeness.merge(test.completeness) }
        return CorrelatedRun(
            vocabulary: vocabulary,
            spans: spans,
            tests: tests,
            completeness: completeness,
            services: ["frontend", "orders"]
        )
    }

    /// A run of `model` beside `count` runs of `before`.
    static func compared(
        _ model: EndpointModel,
        before: EndpointModel,
        count: Int = 5,
        seed: UInt64 = 1,
        failed: UInt64 = 0
    ) -> ComparedRun {
        var noise = Noise(seed: seed)
        let baselines = baselines(before, &noise, count: count)
        let test = test(model, &noise, failed: failed)
        let comparison = BaselineComparator().compare(test, with: baselines, environment: environment)
        return ComparedRun(run: run([test]), comparisons: [comparison])
    }
}
