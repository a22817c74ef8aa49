import Correlation
import Telemetry

/// F09: an operation that the baseline does not have; only the topmost of a new subtree is reported.
package struct NewOperationDetector: FindingDetector {
    package let kind = FindingKind.newOperation
    var rule = StructureRule()
    /// Least critical time, as in the effect gate, for a new operation to be a regression: milliseconds, and share of
    /// the endpoint's mean before.
    var minimumMilliseconds = 1.0
    var minimumShare = 0.02

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.comparedTests.flatMap(findings)
    }

    private func findings(in test: ComparedTest) -> [Finding] {
        guard let comparison = test.comparison else { return [] }
        let before = comparison.baselineProfile
        let isNew = test.profile.paths.indices.map { index in
            let earlier = test.change(of: index)?.baseline.map { before.paths[$0].traces } ?? 0
            return rule.isPresent(in: test.profile.paths[index].traces, of: test.profile.traces)
                && rule.isAbsent(in: earlier, of: before.traces)
        }
        let costs = test.subtreeSums { test.criticalMilliseconds(of: $0) }
        return test.profile.paths.indices.compactMap { index in
            guard isNew[index], test.profile.paths[index].frame.synthetic == nil else { return nil }
            var ancestor = test.profile.paths[index].parent
            while let next = ancestor {
                // A new edge above belongs to the call it leads to.
                if isNew[next], test.profile.paths[next].frame.synthetic == nil { return nil }
                ancestor = test.profile.paths[next].parent
            }
            return finding(index, cost: costs[index], comparison: comparison, in: test)
        }
    }

    private func finding(
        _ index: Int,
        cost: Double,
        comparison: EndpointComparison,
        in test: ComparedTest
    ) -> Finding {
        let path = test.profile.paths[index]
        let operation = path.frame.operation
        let stack = test.profile.stack(to: index)
        let isRegression = cost >= max(minimumMilliseconds, minimumShare * comparison.mean.before)
        let hasSlowedDown = comparison.paths.contains { $0.explainedShare != nil }
        let explained = hasSlowedDown ? cost / comparison.mean.delta : nil
        let presence = Double(path.traces) / Double(max(1, test.profile.traces))
        let share = test.meanMilliseconds > 0 ? cost / test.meanMilliseconds : 0
        let severity = SeverityRule.severity(
            share: share,
            confidence: 0.9,
            coverage: test.test.completeness.coverage
        )
        return Finding(
            id: "F09",
            kind: kind,
            fingerprint: Fingerprint.make(kind: kind, endpoint: test.endpoint, path: stack),
            severity: isRegression ? severity : min(severity, .info),
            confidence: 0.9,
            culprit: CulpritReference(
                service: operation.service,
                operation: operation.name,
                attribute: path.statement
            ),
            endpoint: test.endpoint,
            sentence: "\(Wording.operation(operation)) is new on \(test.endpoint), in \(Wording.percent(presence)) of "
                + "traces: \(Wording.change(cost)) on the critical path"
                + (explained.map { ", \(Wording.percent(min(1, $0))) of the slowdown" } ?? ""),
            suggestion: "Check whether this call is meant to be made here, and whether it can be cached or made later.",
            evidence: Evidence(
                numbers: [
                    "criticalMs": cost,
                    "criticalShareRatio": share,
                    "presenceRatio": presence,
                    "callsAfter": test.calls(of: index),
                ],
                typicalTraceID: path.typicalTraceID,
                worstTraceID: path.worstTraceID,
                baselineTraceID: comparison.baselineProfile.paths.first?.typicalTraceID,
                baselineTraces: comparison.baselineProfile.traces,
                currentTraces: test.profile.traces,
                explainedShare: explained
            ),
            path: stack,
            isRegression: isRegression
        )
    }
}

extension FindingDetector where Self == NewOperationDetector {
    package static var newOperation: Self { Self() }
}
