import Correlation
import Statistics
import Telemetry

/// A path whose critical time has significantly and practically grown: what F02 and F03 have in common.
struct PathRegression {
    /// Index into the current profile.
    let index: Int
    let path: PathProfile
    let change: PathComparison
    let severity: Severity
    let evidence: Evidence

    /// The regressed paths of a test that are seen in enough traces, in the profile's order.
    static func all(in test: ComparedTest, minimumTraces: Int) -> [PathRegression] {
        guard let comparison = test.comparison else { return [] }
        return test.profile.paths.indices.compactMap { index in
            let path = test.profile.paths[index]
            guard let change = test.change(of: index), change.critical.decision == .regression,
                path.traces >= minimumTraces
            else { return nil }
            return PathRegression(index: index, path: path, change: change, comparison: comparison, test: test)
        }
    }

    private init(
        index: Int,
        path: PathProfile,
        change: PathComparison,
        comparison: EndpointComparison,
        test: ComparedTest
    ) {
        self.index = index
        self.path = path
        self.change = change
        let critical = change.critical
        severity = SeverityRule.regression(
            delta: critical.delta,
            explainedShare: change.explainedShare,
            confidence: critical.confidence,
            in: test
        )
        let earlier = change.baseline.map { comparison.baselineProfile.paths[$0] }
        var numbers = [
            "criticalBeforeMs": critical.before,
            "criticalAfterMs": critical.after,
            "criticalDeltaMs": critical.delta,
            "callP95AfterMs": Double(path.callDuration.quantile(0.95)) / 1e6,
            "callsBefore": change.callsBefore,
            "callsAfter": change.callsAfter,
        ]
        if let earlier { numbers["callP95BeforeMs"] = Double(earlier.callDuration.quantile(0.95)) / 1e6 }
        if let ratio = critical.ratio { numbers["changeRatio"] = ratio }
        if let low = critical.ratioLow, let high = critical.ratioHigh {
            numbers["changeLowRatio"] = low
            numbers["changeHighRatio"] = high
        }
        if let p = critical.p { numbers["pValue"] = p }
        if let q = critical.q { numbers["qValue"] = q }
        evidence = Evidence(
            numbers: numbers,
            typicalTraceID: path.typicalTraceID,
            worstTraceID: path.worstTraceID,
            baselineTraceID: earlier?.typicalTraceID,
            baselineTraces: comparison.baselineProfile.traces,
            currentTraces: test.profile.traces,
            explainedShare: change.explainedShare
        )
    }

    /// `takes 48.2 ms on the critical path of GET /x (before: 3.1 ms): 92 % of the slowdown`.
    func sentence(subject: String, endpoint: String) -> String {
        let critical = change.critical
        let numbers =
            "\(subject) takes \(Wording.milliseconds(critical.after)) on the critical path of \(endpoint)"
            + " (before: \(Wording.milliseconds(critical.before)))"
        return numbers + (change.explainedShare.map { ": \(Wording.percent(min(1, $0))) of the slowdown" } ?? "")
    }
}
