import Analysis
import Correlation
import Testing

/// The two rates that make a comparison worth having: false alarms, and what it finds.
@Suite struct ErrorRateTests {
    struct Setting: CustomStringConvertible {
        var runs: Int
        var deviation: Double

        var description: String { "\(runs) baseline runs, \(deviation) between runs" }
    }

    static let settings = [3, 5, 10].flatMap { runs in
        [0.02, 0.05].map { Setting(runs: runs, deviation: $0) }
    }

    private func model(_ setting: Setting) -> EndpointModel {
        var model = EndpointModel.shop()
        model.runDeviation = setting.deviation
        // Few requests, so that the noise within a run counts as well as that between runs.
        model.traces = 60
        return model
    }

    @Test func `at most one A-A comparison in twenty reports any regression`() {
        var alarms = 0
        var comparisons = 0
        for (index, setting) in ErrorRateTests.settings.enumerated() {
            let model = model(setting)
            for repetition in 0..<20 {
                let seed = UInt64(1_000 * index + repetition)
                let run = SimulatedRuns.compared(model, before: model, count: setting.runs, seed: seed)
                comparisons += 1
                if hasRegression(run) { alarms += 1 }
            }
        }
        #expect(comparisons == 120)
        #expect(alarms <= comparisons / 20, "\(alarms) of \(comparisons)")
    }

    @Test(arguments: settings) func `a path twice as slow is found in nine of ten runs`(setting: Setting) {
        let model = model(setting)
        var slow = model
        slow.paths[EndpointModel.Shop.orders].milliseconds *= 2
        let found = (0..<10).count { repetition in
            let seed = UInt64(50_000 + repetition)
            let run = SimulatedRuns.compared(slow, before: model, count: setting.runs, seed: seed)
            return run.comparisons[0]?.paths.contains {
                $0.current == EndpointModel.Shop.orders && $0.critical.decision == .regression
            } ?? false
        }
        #expect(found >= 9, "\(found) of 10")
    }

    private func hasRegression(_ run: ComparedRun) -> Bool {
        guard let comparison = run.comparisons[0] else { return false }
        return comparison.p95.decision == .regression || comparison.mean.decision == .regression
            || comparison.paths.contains { $0.critical.decision == .regression }
    }
}
