import Correlation
import Statistics
import Telemetry

/// F10: an operation of the baseline that no longer occurs; only the topmost of a vanished subtree is reported.
///
/// At most medium: a vanished cache or an early return explains other findings rather than being one to fix.
package struct RemovedOperationDetector: FindingDetector {
    package let kind = FindingKind.removedOperation
    var rule = StructureRule()

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.comparedTests.flatMap(findings)
    }

    private func findings(in test: ComparedTest) -> [Finding] {
        guard let comparison = test.comparison else { return [] }
        let before = comparison.baselineProfile
        var isGone = [Bool](repeating: false, count: before.paths.count)
        for path in comparison.paths {
            guard let index = path.baseline else { continue }
            let now = path.current.map { test.profile.paths[$0].traces } ?? 0
            isGone[index] =
                rule.isPresent(in: before.paths[index].traces, of: before.traces)
                && rule.isAbsent(in: now, of: test.profile.traces)
        }
        return before.paths.indices.compactMap { index in
            guard isGone[index], before.paths[index].frame.synthetic == nil else { return nil }
            var ancestor = before.paths[index].parent
            while let next = ancestor {
                if isGone[next], before.paths[next].frame.synthetic == nil { return nil }
                ancestor = before.paths[next].parent
            }
            return finding(index, in: before, of: test)
        }
    }

    private func finding(_ index: Int, in before: EndpointProfile, of test: ComparedTest) -> Finding {
        let path = before.paths[index]
        let operation = path.frame.operation
        let traces = Double(max(1, before.traces))
        let critical = Double(path.criticalNanoseconds) / traces / 1e6
        let mean = before.duration.mean / 1e6
        let share = mean > 0 ? critical / mean : 0
        let presence = Double(path.traces) / traces
        return test.finding(
            "F10",
            kind,
            culprit: CulpritReference(operation, attribute: path.statement),
            path: before.stack(to: index),
            severity: test.severity(share: share, confidence: 0.9, atMost: .medium),
            confidence: 0.9,
            sentence: "\(Wording.operation(operation)) has gone from \(test.endpoint) (before: in "
                + "\(Wording.percent(presence)) of traces, \(Wording.milliseconds(critical)) on the critical path)",
            suggestion: "Check that it was removed on purpose: a lost cache, a lost check or an early return look so.",
            numbers: [
                "criticalBeforeMs": critical,
                "criticalShareBeforeRatio": share,
                "presenceBeforeRatio": presence,
                "callsBefore": Double(path.calls) / traces,
            ],
            exemplars: Exemplars(baseline: path.typicalTraceID)
        )
    }
}

extension FindingDetector where Self == RemovedOperationDetector {
    package static var removedOperation: Self { Self() }
}
