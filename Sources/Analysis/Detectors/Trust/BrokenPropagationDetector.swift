import Correlation
import Telemetry

/// F38: spans name parents that never came, so traces fall apart.
package struct BrokenPropagationDetector: FindingDetector {
    package let kind = "broken_propagation"
    var spanShare = 0.01
    var traceShare = 0.05
    var minimumTraces = 10

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        guard !run.run.context.isEmpty else { return [] }
        return run.comparedTests.compactMap { finding(in: $0, run.run) }
    }

    private func finding(in test: ComparedTest, _ run: CorrelatedRun) -> Finding? {
        let seen = test.test.traces.filter { !$0.rows.isEmpty }
        guard seen.count >= minimumTraces else { return nil }
        var (spans, lost) = (0, 0)
        var broken: [TraceID] = []
        var losers: [OperationID: Int] = [:]
        for trace in seen {
            spans += trace.rows.count
            let orphans = trace.rows.filter { run.context.caller[$0] == SpanCaller.missing }
            for row in orphans { losers[run.spans.operation[row], default: 0] += 1 }
            // A root that names no parent has lost the generator's.
            let hasRoot = trace.rows.contains { run.context.caller[$0] == SpanCaller.generator }
            let strays = hasRoot ? [] : trace.rows.filter { run.context.caller[$0] == SpanCaller.nobody }
            for row in strays { losers[run.spans.operation[row], default: 0] += 1 }
            lost += orphans.count + strays.count
            if !orphans.isEmpty || !strays.isEmpty { broken.append(trace.traceID) }
        }
        let (ofSpans, ofTraces) = (Double(lost) / Double(max(1, spans)), Double(broken.count) / Double(seen.count))
        guard ofTraces >= traceShare || (ofSpans >= spanShare && broken.count >= 5),
            let worst = losers.max(by: { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) })
        else { return nil }
        let operation = run.vocabulary.operation(worst.key)
        return test.finding(
            "F38",
            kind,
            culprit: CulpritReference(operation, attribute: "trace context"),
            severity: ofTraces >= 0.5 ? .medium : .low,
            confidence: 0.95,
            sentence: "\(Wording.percent(ofSpans)) of the spans of \(test.endpoint) name a parent that never came, in "
                + "\(Wording.percent(ofTraces)) of its traces; most of them are of \(Wording.operation(operation))",
            suggestion: "Either the caller of \(operation.service) sends no spans (no exporter, or sampled out), or "
                + "something between them starts the trace context anew.",
            numbers: [
                "orphanRatio": ofSpans, "brokenTracesRatio": ofTraces, "orphanCount": Double(lost),
                "ofCulpritCount": Double(worst.value),
            ],
            exemplars: Exemplars(broken.map { ($0, 1) })
        )
    }
}

extension FindingDetector where Self == BrokenPropagationDetector {
    package static var brokenPropagation: Self { Self() }
}
