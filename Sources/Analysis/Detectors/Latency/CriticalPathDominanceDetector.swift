import Correlation
import Telemetry

/// F01: one operation takes most of the critical path.
///
/// A bottleneck and no defect, so at most medium: it says where work pays, not that something broke.
package struct CriticalPathDominanceDetector: FindingDetector {
    package let kind = "critical_path_dominance"
    var minimumShare = 0.30
    var minimumMilliseconds = 5.0
    var minimumTraces = 30

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.comparedTests.flatMap(findings)
    }

    private func findings(in test: ComparedTest) -> [Finding] {
        guard test.profile.traces >= minimumTraces else { return [] }
        let shares = test.profile.paths.indices.map { test.criticalShare(of: $0) }
        return test.profile.paths.indices.compactMap { index in
            let path = test.profile.paths[index]
            let mean = test.criticalMilliseconds(of: index)
            guard path.frame.synthetic == nil, shares[index] >= minimumShare, mean >= minimumMilliseconds else {
                return nil
            }
            let next = shares.indices.filter { $0 != index }.map { shares[$0] }.max() ?? 0
            let operation = path.frame.operation
            return test.finding(
                "F01",
                kind,
                culprit: CulpritReference(operation, attribute: path.statement),
                path: test.profile.stack(to: index),
                severity: test.severity(share: shares[index], confidence: 0.9, atMost: .medium),
                confidence: 0.9,
                sentence: "\(Wording.operation(operation)) takes \(Wording.percent(shares[index])) of \(test.endpoint)"
                    + ": \(Wording.milliseconds(mean)) of \(Wording.milliseconds(test.meanMilliseconds)) a request",
                suggestion: "Halving it would save at most \(Wording.milliseconds(mean / 2)) a request.",
                numbers: [
                    "criticalMs": mean,
                    "criticalShareRatio": shares[index],
                    "leadOverNextMs": max(0, shares[index] - next) * test.meanMilliseconds,
                    "savedByHalvingMs": mean / 2,
                ],
                exemplars: Exemplars(typical: path.typicalTraceID, worst: path.worstTraceID)
            )
        }
    }
}

extension FindingDetector where Self == CriticalPathDominanceDetector {
    package static var criticalPathDominance: Self { Self() }
}
