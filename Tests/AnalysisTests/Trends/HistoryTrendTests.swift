import Analysis
import Foundation
import Testing

@Suite struct HistoryTrendTests {
    /// 40 runs with 3 % of noise between them, at 10 ms times what `shape` says of a run.
    private func history(
        runs: Int = 40,
        seed: UInt64 = 3,
        environment: (Int) -> String = { _ in "a" },
        _ shape: (Int) -> Double
    ) -> RunHistory {
        var noise = Noise(seed: seed)
        let entries = (0..<runs).map { run in
            RunHistory.Entry(
                runID: "run-\(run)",
                startedAt: UInt64(run) * 86_400_000_000_000,
                p95Milliseconds: 10 * shape(run) * noise.logNormal(deviation: 0.03),
                score: 0.95,
                status: "pass",
                environment: environment(run)
            )
        }
        return RunHistory(moduleID: "m", editionID: "e", testType: "load", endpoint: "GET /", entries: entries)
    }

    @Test func `a step is found at its run, with both levels`() throws {
        let trend = HistoryTrend(history { $0 < 25 ? 1 : 1.3 })
        let step = try #require(trend.steps.first)
        #expect(trend.steps.count == 1 && trend.drift == nil)
        #expect((24...26).contains(step.index))
        #expect(abs(step.after / step.before - 1.3) < 0.06)
        #expect(step.confidence > 0.95 && step.cause == .change)
    }

    @Test func `a gradual loss within the budget of every run is a drift, not a staircase`() throws {
        let trend = HistoryTrend(history { pow(1.01, Double($0)) })
        let drift = try #require(trend.drift)
        #expect(trend.steps.isEmpty)
        #expect(drift.isWithinBudget)
        #expect(drift.perRunLow < 0.01 && 0.01 < drift.perRunHigh)
        #expect(abs(drift.total - (pow(1.01, 39) - 1)) < 0.1)
    }

    @Test func `becoming faster is a drift as well, but no loss`() throws {
        let drift = try #require(HistoryTrend(history { pow(0.99, Double($0)) }).drift)
        #expect(drift.total < -0.2 && !drift.isWithinBudget)
    }

    @Test func `steady histories hardly ever have steps or drifts`() {
        let noisy = (UInt64(1)...40).count { seed in
            let trend = HistoryTrend(history(seed: seed) { _ in 1 })
            return !trend.steps.isEmpty || trend.drift != nil
        }
        #expect(noisy <= 2)
    }

    @Test func `another machine begins a new regime and is no change of the service`() throws {
        let moved = history(environment: { $0 < 20 ? "a" : "b" }) { $0 < 20 ? 1 : 1.6 }
        let trend = HistoryTrend(moved)
        #expect(trend.steps.map(\.cause) == [.environment])
        #expect(trend.steps.first?.index == 20)
    }

    @Test func `a short history says that it is short`() {
        let trend = HistoryTrend(history(runs: 11) { $0 < 5 ? 1 : 2 })
        #expect(trend.steps.isEmpty && trend.drift == nil)
        #expect(trend.tooShort?.contains("11 runs") == true)
        #expect(HistoryTrend(history(runs: 0) { _ in 1 }).tooShort != nil)
    }

    @Test func `the same history gives the same answer`() {
        let same = history { $0 < 25 ? 1 : 1.2 }
        #expect(HistoryTrend(same) == HistoryTrend(same))
    }
}
