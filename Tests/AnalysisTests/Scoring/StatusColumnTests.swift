import Plans
import Testing

@testable import Analysis

/// The column "limits" of the status table in `spec/contract.md` section 2, and what may stand in for a baseline.
struct StatusColumnTests {
    /// "pass: all met; degraded: one violated; fail: two or more violated, or one by > 2 ×"; p95 and p99 are 18 ms.
    @Test(arguments: [
        (20.0, 20.0, TestStatus.exploratory), (17.5, 20, .degraded), (8.5, 20, .fail), (17.5, 17.5, .fail),
    ])
    func `limits: all met, one violated, one by more than twice, two violated`(
        p95: Double,
        p99: Double,
        status: TestStatus
    ) {
        var test = ScoredTest()
        test.limit {
            $0.p95Milliseconds = p95
            $0.p99Milliseconds = p99
        }
        let verdict = test.verdict
        #expect(verdict.status == status)
        #expect(verdict.limits.allSatisfy { !$0.source.isEmpty })
    }

    // "A component without data is `null`, its weight shared out among the others in proportion, and the log says so."
    @Test func `a component without data shares out its weight`() {
        let score = ScoredTest().verdict.score
        let known = score.components.filter { $0.value != nil }
        #expect(known.map(\.name) == [.latency, .errors])
        #expect(abs(known.reduce(0) { $0 + $1.effectiveWeight } - 1) < 1e-9)
        #expect(abs(known[0].effectiveWeight / known[1].effectiveWeight - 0.35 / 0.20) < 1e-9)
        #expect(
            score.components.filter { $0.value == nil }.allSatisfy { $0.effectiveWeight == 0 && !$0.reason.isEmpty }
        )
    }

    @Test func `weights of the most specific rule count, and their source is kept`() throws {
        var test = ScoredTest()
        var weights = ScoreWeights()
        weights.latency = 1
        for path in [\ScoreWeights.throughput, \.errors, \.resources, \.baselineDelta] { weights[keyPath: path] = 0 }
        test.rules.weights = [
            WeightRule(selector: RuleSelector(testType: .load), weights: weights, source: "customWeighting.yaml:2"),
            WeightRule(
                selector: RuleSelector(moduleID: "Shop"),
                weights: ScoreWeights(),
                source: "customWeighting.yaml:3"
            ),
            WeightRule(
                selector: RuleSelector(testType: .soak),
                weights: ScoreWeights(),
                source: "customWeighting.yaml:4"
            ),
        ]
        let verdict = test.verdict
        #expect(verdict.weightsSource == "customWeighting.yaml:2")
        #expect(verdict.score.components.first { $0.name == .errors }?.effectiveWeight == 0)
    }

    // "Sources in order: annotation override, `perf-thresholds.yaml`, the baseline, the default policy."
    @Test func `a recorded result stands in for a baseline, after what people wrote and before the default`() {
        var test = ScoredTest(latencyMilliseconds: 30)
        test.rules.recordedBaselines = [RecordedBaseline(p95Milliseconds: 20, source: "perf-baseline.memory.json:1")]
        let against = test.verdict
        #expect(against.status == .degraded)
        #expect(against.limits.first { $0.name == "latency.p95" }?.limit == 24)
        #expect(against.reasons.first?.contains("perf-baseline.memory.json:1") == true)
        test.latencyMilliseconds = 23
        #expect(test.verdict.status == .pass)
        test.latencyMilliseconds = 30
        test.limit { $0.p95Milliseconds = 40 }
        #expect(test.verdict.status == .pass)
        test.comparison = .change(from: 30, by: 1, decision: .noChange)
        test.rules.thresholds = []
        #expect(test.verdict.limits.first?.source.hasPrefix("baseline p95") == true)
    }

    @Test func `a regression alone is told apart from broken limits`() {
        var test = ScoredTest()
        test.comparison = .change(from: 10, by: 1.8)
        let regressed = test.verdict
        #expect(regressed.status == .fail)
        #expect(regressed.statusApartFromBaseline == .pass)
        test.limit { $0.p95Milliseconds = 12 }
        #expect(test.verdict.statusApartFromBaseline?.rank ?? 0 >= TestStatus.degraded.rank)
    }
}
