import Correlation
import Statistics
import Telemetry

/// F03: the time between a call and its start at the callee: network, connection and the callee's queue.
///
/// Client duration minus server duration, so free of clock skew. The callee is to blame: on labelled faults that
/// names the culprit nearly three times as often as blaming the caller (`spec/analysis.md`, lessons). The edge from
/// the generator to the target counts too, blamed on the target's first operation.
package struct EdgeLatencyDetector: FindingDetector {
    package let kind = FindingKind.edgeLatency
    var minimumTraces = 20
    var minimumStandingTraces = 30
    var standingShare = 0.3
    var standingMilliseconds = 10.0

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.comparedTests.flatMap { test in
            let regressions = PathRegression.all(in: test, minimumTraces: minimumTraces)
                .filter { isEdge($0.path) }
            let regressed = Set(regressions.map(\.index))
            return regressions.map { finding($0, in: test) }
                + test.profile.paths.indices
                .filter { !regressed.contains($0) && isEdge(test.profile.paths[$0]) }
                .compactMap { standing($0, in: test) }
        }
    }

    private func isEdge(_ path: PathProfile) -> Bool {
        path.frame.synthetic == .network || path.frame.synthetic == .client
    }

    private func finding(_ regression: PathRegression, in test: ComparedTest) -> Finding {
        let callee = test.callee(of: regression.index)
        return Finding(
            id: "F03",
            kind: kind,
            fingerprint: Fingerprint.make(kind: kind, endpoint: test.endpoint, path: regression.change.stack),
            severity: regression.severity,
            confidence: regression.change.critical.confidence,
            culprit: CulpritReference(service: callee.service, operation: callee.name),
            endpoint: test.endpoint,
            sentence: regression.sentence(subject: subject(callee, regression.path), endpoint: test.endpoint),
            suggestion: suggestion(callee),
            evidence: regression.evidence,
            path: regression.change.stack,
            isRegression: true
        )
    }

    private func standing(_ index: Int, in test: ComparedTest) -> Finding? {
        let path = test.profile.paths[index]
        // The generator's own edge is the subject of another finding (F41): it may be the generator's fault.
        guard path.frame.synthetic == .network, let caller = path.parent,
            test.profile.traces >= minimumStandingTraces, path.traces >= minimumTraces
        else { return nil }
        let whole = Double(test.profile.paths[caller].totalNanoseconds)
        let share = whole > 0 ? min(1, Double(path.criticalNanoseconds) / whole) : 0
        let durations = path.callDuration.isEmpty ? path.critical : path.callDuration
        let p95 = Double(durations.quantile(0.95)) / 1e6
        guard share >= standingShare, p95 >= standingMilliseconds else { return nil }
        let callee = test.callee(of: index)
        let stack = test.profile.stack(to: index)
        let severity = SeverityRule.severity(
            share: test.criticalShare(of: index),
            confidence: 0.9,
            coverage: test.test.completeness.coverage
        )
        return Finding(
            id: "F03",
            kind: kind,
            fingerprint: Fingerprint.make(kind: kind, endpoint: test.endpoint, path: stack),
            severity: min(severity, .medium),
            confidence: 0.9,
            culprit: CulpritReference(service: callee.service, operation: callee.name),
            endpoint: test.endpoint,
            sentence: "\(subject(callee, path)) is \(Wording.percent(share)) of the call"
                + " (p95 \(Wording.milliseconds(p95))) on \(test.endpoint)",
            suggestion: suggestion(callee),
            evidence: Evidence(
                numbers: [
                    "gapShareRatio": share,
                    "gapP95Ms": p95,
                    "criticalMs": test.criticalMilliseconds(of: index),
                    "criticalShareRatio": test.criticalShare(of: index),
                ],
                typicalTraceID: path.typicalTraceID,
                worstTraceID: path.worstTraceID,
                currentTraces: test.profile.traces
            ),
            path: stack
        )
    }

    private func subject(_ callee: OperationKey, _ path: PathProfile) -> String {
        path.frame.synthetic == .client
            ? "waiting for \(callee.service) outside its spans (connection, network, accept queue)"
            : "the way to \(Wording.operation(callee)) (network and its queue)"
    }

    private func suggestion(_ callee: OperationKey) -> String {
        "Look at how busy \(callee.service) is (CPU, worker threads, connection backlog) and at the network to it."
    }
}

extension FindingDetector where Self == EdgeLatencyDetector {
    package static var edgeLatency: Self { Self() }
}
