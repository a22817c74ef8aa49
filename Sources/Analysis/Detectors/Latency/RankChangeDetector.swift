import Correlation
import Telemetry

/// F04: another operation than before is the slowest of the critical path.
package struct RankChangeDetector: FindingDetector {
    package let kind = "slowest_operation_changed"
    var minimumTraces = 30
    /// It was not among this many before, or had less than this share of its present share.
    var formerRank = 3
    var formerShare = 0.5

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.comparedTests.compactMap(finding) }

    private func finding(in test: ComparedTest) -> Finding? {
        guard let comparison = test.comparison, test.profile.traces >= minimumTraces,
            comparison.baselineProfile.traces >= minimumTraces
        else { return nil }
        let slowest = test.profile.paths.indices.max { test.criticalShare(of: $0) < test.criticalShare(of: $1) }
        guard let slowest, let change = test.change(of: slowest), change.critical.decision == .regression,
            comparison.mean.before > 0
        else { return nil }
        let path = test.profile.paths[slowest]
        guard path.frame.synthetic == nil || path.frame.synthetic == .network else { return nil }
        let rank = comparison.paths.count { $0.critical.before > change.critical.before }
        let before = change.critical.before / comparison.mean.before
        let now = test.criticalShare(of: slowest)
        guard rank >= formerRank || before < formerShare * now else { return nil }
        let operation = path.frame.operation
        return test.finding(
            "F04",
            kind,
            culprit: CulpritReference(operation, attribute: path.statement),
            path: change.stack,
            severity: SeverityRule.regression(
                delta: change.critical.delta,
                explainedShare: change.explainedShare,
                confidence: change.critical.confidence,
                in: test
            ),
            confidence: change.critical.confidence,
            sentence: "\(Wording.operation(operation)) is now the largest part of \(test.endpoint), "
                + "\(Wording.percent(now)) of its critical path (before: \(Wording.percent(before)), place \(rank + 1))",
            suggestion: "Start with this operation: what was slowest before matters less now.",
            numbers: [
                "criticalShareRatio": now, "criticalShareBeforeRatio": before, "rankBefore": Double(rank + 1),
                "criticalDeltaMs": change.critical.delta, "criticalBeforeMs": change.critical.before,
                "criticalAfterMs": change.critical.after,
            ],
            exemplars: Exemplars(typical: path.typicalTraceID, worst: path.worstTraceID),
            explained: change.explainedShare,
            isRegression: true
        )
    }
}

extension FindingDetector where Self == RankChangeDetector {
    package static var rankChange: Self { Self() }
}
