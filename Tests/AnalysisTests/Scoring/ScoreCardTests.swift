import Plans
import Testing

@testable import Analysis

/// What the score makes of a p95 over the baseline's.
struct ScoreCardTests {
    private func comparison(_ decision: ChangeDecision, confidence: Double, runs: Int) -> EndpointComparison {
        .change(from: 10, by: 1.8, confidence: confidence, decision: decision, runs: runs)
    }

    private func verdict(_ comparison: EndpointComparison, limit: Double? = nil) -> Verdict {
        var test = ScoredTest(comparison: comparison)
        test.limit { $0.p95Milliseconds = limit }
        return test.verdict
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
