import Correlation
import Plans
import Statistics
import Telemetry
import Testing

@testable import Analysis

/// What the score makes of a p95 over the baseline's.
struct ScoreCardTests {
    private func comparison(_ decision: ChangeDecision, confidence: Double, runs: Int) -> EndpointComparison {
        let change = ChangeEstimate(
            before: 10,
            after: 18,
            p: 0.01,
            q: 0.01,
            confidence: confidence,
            decision: decision
        )
        return EndpointComparison(
            endpoint: "GET /",
            baselineRunIDs: (0..<runs).map { "run-\($0)" },
            baselineProfile: EndpointProfile(endpoint: "GET /"),
            p95: change,
            mean: change,
            baselineErrorRate: 0,
            baselineScore: 1,
            baselineStatus: "pass",
            paths: [],
            notComparable: nil
        )
    }

    private func verdict(_ comparison: EndpointComparison, limit: Double? = nil) -> Verdict {
        var latency = LatencyHistogram(subBucketBits: 10)
        for _ in 0..<100 { latency.record(18_000_000) }
        var noise = Noise(seed: 1)
        var test = SimulatedRuns.test(.shop(), &noise)
        test.load.latency = latency
        var limits = Limits()
        limits.p95Milliseconds = limit
        let plan = TestPlan(
            lineageID: "t",
            moduleID: "Shop",
            editionID: "standard",
            target: TargetPlan(baseURL: "http://127.0.0.1:1"),
            tests: []
        )
        return Scorer().verdict(
            for: test,
            definition: TestDefinition(
                type: .load,
                name: "GET /",
                path: "/",
                rate: .constant(50, for: .seconds(10)),
                duration: .seconds(10)
            ),
            plan: plan,
            thresholds: [ThresholdRule(limits: limits, source: "perf-thresholds.yaml:1")],
            weights: [],
            comparison: comparison,
            resources: ResourceUsage(),
            findings: []
        )
    }

    @Test(arguments: [
        (ChangeDecision.inconclusive, 0.7, 5), (.noChange, 0.1, 5), (.regression, 0.6, 5),
    ])
    func `a rise that is not certain costs nothing`(decision: ChangeDecision, confidence: Double, runs: Int) {
        let verdict = verdict(comparison(decision, confidence: confidence, runs: runs))
        #expect(verdict.score.components.first { $0.name == .latency }?.value == 1)
        #expect(verdict.score.components.first { $0.name == .baselineDelta }?.value == 0.9)
        #expect(verdict.status.rank <= TestStatus.warning.rank)
    }

    @Test(arguments: [1, 2]) func `nor does one that rests on one or two runs`(runs: Int) {
        let verdict = verdict(comparison(.regression, confidence: 0.9, runs: runs))
        #expect(verdict.score.value > 0.9)
        #expect(verdict.status == .warning)
    }

    @Test func `a certain one costs latency and change`() {
        let verdict = verdict(comparison(.regression, confidence: 0.9, runs: 3))
        #expect((verdict.score.components.first { $0.name == .latency }?.value ?? 1) < 0.6)
        #expect((verdict.score.components.first { $0.name == .baselineDelta }?.value ?? 1) < 0.3)
        #expect(verdict.status == .fail)
    }

    @Test func `a limit that a person set counts always`() {
        let verdict = verdict(comparison(.noChange, confidence: 0.1, runs: 5), limit: 12)
        #expect(verdict.score.components.first { $0.name == .latency }?.value.map { abs($0 - 0.5) < 0.02 } == true)
        #expect(verdict.status == .degraded)
    }
}
