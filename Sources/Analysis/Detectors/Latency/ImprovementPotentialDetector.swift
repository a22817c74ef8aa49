import Correlation
import Statistics
import Telemetry

/// F08: what would be gained if an operation took half its time.
///
/// Gives work its order, so never more than information. A share of the critical path alone promises too much where
/// something else runs beside it: the retimer stops at its slack.
package struct ImprovementPotentialDetector: FindingDetector {
    package let kind = "improvement_potential"
    var paths = 3
    var minimumShare = 0.10
    var minimumMilliseconds = 2.0
    var minimumTraces = 30
    var factor = 0.5
    /// Traces that are retimed.
    var sample = 200

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private func findings(in reader: TraceReader) -> [Finding] {
        let test = reader.test
        guard reader.traces.count >= minimumTraces else { return [] }
        let top = test.profile.paths.indices
            .filter { test.profile.paths[$0].frame.synthetic == nil && test.criticalShare(of: $0) >= minimumShare }
            .sorted { (test.criticalShare(of: $0), $1) > (test.criticalShare(of: $1), $0) }
            .prefix(paths)
        let step = max(1, reader.traces.count / sample)
        let chosen = stride(from: 0, to: reader.traces.count, by: step).map { reader.traces[$0] }
        return top.compactMap { finding($0, chosen, reader) }
    }

    private func finding(_ index: Int, _ traces: [JoinedTrace], _ reader: TraceReader) -> Finding? {
        let test = reader.test
        var retimer = Retimer(reader)
        let target = Int32(index)
        let saved = traces.compactMap { trace -> (trace: TraceID, value: Double)? in
            guard let root = trace.root else { return nil }
            let before = Double(reader.spans.durationNanoseconds(of: root))
            let after = retimer.duration(ofRoot: root, factor: factor) { reader.context.path[$0] == target }
            return (trace.traceID, max(0, before - after) / 1e6)
        }
        let mean = saved.reduce(0) { $0 + $1.value } / Double(max(1, saved.count))
        guard mean >= minimumMilliseconds else { return nil }
        let path = test.profile.paths[index]
        let p95 = saved.map(\.value).sorted()[Int(0.95 * Double(saved.count - 1))]
        let possible = test.criticalMilliseconds(of: index) * (1 - factor)
        return test.finding(
            "F08",
            kind,
            culprit: CulpritReference(path.frame.operation, attribute: path.statement),
            path: test.profile.stack(to: index),
            severity: .info,
            confidence: 0.8,
            sentence: "at half its time \(Wording.operation(path.frame.operation)) would save "
                + "\(Wording.milliseconds(mean)) of each request of \(test.endpoint), "
                + Wording.percent(mean / max(1e-9, test.meanMilliseconds)),
            suggestion: "Work on what saves most first; beyond that, what runs beside it takes over.",
            numbers: [
                "savedMs": mean, "savedP95Ms": p95, "criticalShareRatio": test.criticalShare(of: index),
                "limitedBySlackRatio": possible > 0 ? max(0, 1 - mean / possible) : 0,
            ],
            exemplars: Exemplars(typical: path.typicalTraceID, worst: path.worstTraceID)
        )
    }
}

extension FindingDetector where Self == ImprovementPotentialDetector {
    package static var improvementPotential: Self { Self() }
}
