import Correlation
import Testing

@testable import Analysis

/// The column "against the baseline" of `spec/contract.md` section 2.
struct BaselineColumnTests {
    private func comparison(
        ratio: Double,
        confidence: Double = 0.95,
        decision: ChangeDecision = .regression,
        runs: Int = 5
    ) -> EndpointComparison {
        let change = ChangeEstimate(
            before: 100,
            after: 100 * ratio,
            p: 0.001,
            q: 0.001,
            confidence: confidence,
            decision: decision
        )
        return EndpointComparison(
            endpoint: "GET /",
            baselineRunIDs: (0..<runs).map { "run-\($0)" },
            baselineProfile: EndpointProfile(endpoint: "GET /"),
            p95: change,
            mean: change,
            baselineErrorRate: 0.001,
            baselineScore: 1,
            baselineStatus: "pass",
            paths: [],
            notComparable: nil
        )
    }

    private func column(_ comparison: EndpointComparison, score: Double = 1, errorRate: Double = 0) -> BaselineColumn {
        BaselineColumn(comparison, score: score, errorRate: errorRate, errorLimit: 0.01, findings: [])
    }

    @Test(arguments: [
        (1.05, TestStatus.pass, false), (1.15, .warning, false), (1.22, .degraded, false), (1.4, .degraded, true),
        (1.6, .fail, true),
    ])
    func `p95: +10 %, +20 % and +50 % part the statuses; regressed from +25 %`(
        ratio: Double,
        status: TestStatus,
        isRegressed: Bool
    ) {
        let column = column(comparison(ratio: ratio))
        #expect(column.status == status)
        #expect(column.isRegressed == isRegressed)
    }

    @Test(arguments: [ChangeDecision.noChange, .inconclusive, .improvement])
    func `a change that is not significant says nothing, however large`(decision: ChangeDecision) {
        #expect(column(comparison(ratio: 3, decision: decision)).status == .pass)
    }

    @Test func `a significant change of little confidence is a warning`() {
        #expect(column(comparison(ratio: 3, confidence: 0.6)).status == .warning)
        #expect(column(comparison(ratio: 3, confidence: 0.4)).status == .pass)
    }

    @Test func `errors twice the baseline's and over the limit fail`() {
        #expect(column(comparison(ratio: 1), errorRate: 0.02).status == .fail)
        #expect(column(comparison(ratio: 1), errorRate: 0.009).status == .pass)
    }

    @Test func `a score down by more than 0.15 is degraded and regressed`() {
        let down = column(comparison(ratio: 1), score: 0.8)
        #expect(down.status == .degraded)
        #expect(down.isRegressed)
        #expect(column(comparison(ratio: 1), score: 0.86).status == .pass)
    }

    @Test(arguments: [1, 2]) func `one or two runs are a warning at most, three gate`(runs: Int) {
        let thin = column(comparison(ratio: 3, runs: runs), score: 0.2, errorRate: 0.5)
        #expect(thin.status == .warning)
        #expect(!thin.isRegressed)
        #expect(column(comparison(ratio: 3, runs: 3)).status == .fail)
    }
}
