import Analysis
import Correlation
import Plans
import Statistics
import Telemetry

/// One test of a sample run: 60 requests a second for 20 seconds, with a verdict that fits its numbers.
struct SampleTest {
    var name: String
    var tree: SampleOperation
    var baseline: SampleOperation?
    /// Of the latency, milliseconds.
    var median: Double
    var baselineMedian = 0.0
    var failures: [RequestOutcome: UInt64] = [:]
    /// On p95, milliseconds.
    var limit: Double
    var seed: UInt64

    private static let rate = 60
    private static let seconds = 20

    func report(index: Int) -> TestReport {
        let load = makeLoad(test: index, median: median, failures: failures, seed: seed)
        let completeTraces = load.ledger.completed
        let profile = makeProfile(tree, traces: Int(completeTraces), seed: seed + 100)
        let comparison = baseline.map { baseline in
            SampleComparison.make(
                current: profile,
                baseline: makeProfile(baseline, traces: 1200, seed: seed + 200),
                currentLatency: load.latency,
                baselineLatency: makeLoad(test: index, median: baselineMedian, failures: [:], seed: seed + 300).latency,
                baselineRunIDs: ["20261121-120441-ok", "20261121-120218-ok", "20261121-120101-first"]
            )
        }
        var completeness = Completeness()
        completeness.requested = Int(load.ledger.scheduled)
        completeness.states = [
            .complete: Int(completeTraces), .notSent: Int(load.ledger.dropped),
            .truncated: Int(load.ledger.scheduled - completeTraces - load.ledger.dropped),
        ]
        completeness.spans = profile.paths.reduce(0) { $0 + $1.calls }
        var resources = ResourceUsage()
        resources.cpuAveragePercent = 41.27
        resources.cpuPeakPercent = 63.5
        resources.memoryPeakMiB = 48.25
        return TestReport(
            name: name,
            testType: .load,
            verdict: verdict(for: load, comparison: comparison),
            load: LoadSummary(
                load,
                exemplarTraceIDs: (0..<3).map { SampleRun.numbering.traceID(of: UInt64(400 + 100 * index + $0)) }
            ),
            resources: resources,
            completeness: completeness,
            profile: profile,
            comparison: comparison
        )
    }

    private func makeLoad(
        test: Int,
        median: Double,
        failures: [RequestOutcome: UInt64],
        seed: UInt64
    ) -> TestLoad {
        SampleLoad.make(
            test: test,
            rate: SampleTest.rate,
            seconds: SampleTest.seconds,
            median: median,
            failures: failures,
            startedAt: SampleRun.startedAt + UInt64(test) * 25_000_000_000,
            seed: seed
        )
    }

    private func makeProfile(_ tree: SampleOperation, traces: Int, seed: UInt64) -> EndpointProfile {
        SampleProfile.make(
            endpoint: name,
            client: 0.41,
            root: tree,
            traces: traces,
            numbering: SampleRun.numbering,
            seed: seed
        )
    }

    private func verdict(for load: TestLoad, comparison: EndpointComparison?) -> Verdict {
        let p95 = Double(load.latency.quantile(0.95)) / 1e6
        let excess = max(1, p95 / limit)
        let isRegressed = comparison?.p95.decision == .regression
        let factor = ((comparison?.p95.ratio ?? 1) * 10).rounded() / 10
        let limits = [
            LimitOutcome(
                name: "latency.p95",
                unit: "ms",
                limit: limit,
                measured: p95,
                isMet: p95 <= limit,
                excess: excess,
                source: "perf-thresholds.yaml:5"
            ),
            LimitOutcome(
                name: "rps",
                unit: "/s",
                limit: 50,
                measured: load.achievedRate,
                isMet: load.achievedRate >= 50,
                excess: 1,
                source: "perf-thresholds.yaml:6"
            ),
            LimitOutcome(
                name: "errorRate",
                unit: "ratio",
                limit: 0.02,
                measured: load.ledger.errorRate,
                isMet: load.ledger.errorRate <= 0.02,
                excess: 1,
                source: "default policy"
            ),
        ]
        return Verdict(
            status: isRegressed ? .degraded : comparison == nil ? .exploratory : .pass,
            score: score(p95: p95, excess: excess, load: load, comparison: comparison),
            limits: limits,
            reasons: isRegressed
                ? [
                    "p95 is \(factor) times the baseline's and above its limit of \(limit) ms.",
                    "One limit is missed: latency.p95.",
                ]
                : [],
            isRegressed: isRegressed
        )
    }

    private func score(p95: Double, excess: Double, load: TestLoad, comparison: EndpointComparison?) -> Score {
        let latency = max(0, 2 - excess)
        let delta = comparison.map { _ in comparison?.p95.decision == .regression ? 0.0 : 0.94 }
        let components = [
            ScoreComponent(
                name: .latency,
                weight: 0.35,
                effectiveWeight: 0.35 / 0.9,
                value: latency,
                reason: "p95 against \(limit) ms (perf-thresholds.yaml:5)"
            ),
            ScoreComponent(
                name: .throughput,
                weight: 0.25,
                effectiveWeight: 0.25 / 0.9,
                value: 1,
                reason: "above 50/s (perf-thresholds.yaml:6)"
            ),
            ScoreComponent(
                name: .errors,
                weight: 0.2,
                effectiveWeight: 0.2 / 0.9,
                value: 1,
                reason: "below 2 % (default policy)"
            ),
            ScoreComponent(
                name: .resources,
                weight: 0.1,
                effectiveWeight: 0,
                value: nil,
                reason: "no quota is known, so its weight is shared out"
            ),
            ScoreComponent(
                name: .baselineDelta,
                weight: 0.1,
                effectiveWeight: comparison == nil ? 0 : 0.1 / 0.9,
                value: delta,
                reason: comparison == nil ? "no baseline" : "p95 against the baseline"
            ),
        ]
        let used = components.filter { $0.value != nil }
        let weight = used.reduce(0) { $0 + $1.effectiveWeight }
        let value = used.reduce(0) { $0 + $1.effectiveWeight * ($1.value ?? 0) } / weight
        return Score(value: value, components: components)
    }
}
