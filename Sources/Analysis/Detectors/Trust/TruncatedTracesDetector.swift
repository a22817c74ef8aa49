import Correlation
import Telemetry

/// F44: traces were cut: spans found no room, lost attributes, or calls lack the half of an instrumented service.
package struct TruncatedTracesDetector: FindingDetector {
    package let kind = "truncated_traces"
    var minimumShare = 0.01
    var minimumTraces = 5

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        let evicted = run.run.completeness.evictedSpans
        return run.comparedTests.compactMap { finding(in: $0, evicted: evicted, run.run) }
    }

    private func finding(in test: ComparedTest, evicted: Int, _ run: CorrelatedRun) -> Finding? {
        let truncated = test.test.traces.filter { $0.state == .truncated }
        let share = Double(truncated.count) / Double(max(1, test.test.completeness.sampled))
        let incomplete = test.test.traces.reduce(0) { sum, trace in
            sum + trace.rows.count { run.spans.flags[$0].contains(.incomplete) }
        }
        let incompleteShare = Double(incomplete) / Double(max(1, test.test.completeness.spans))
        let isCut = truncated.count >= minimumTraces && share >= minimumShare
        guard isCut || incompleteShare >= minimumShare || evicted > 0,
            test.test.traces.contains(where: { !$0.rows.isEmpty })
        else { return nil }
        let callee = isCut ? missingCallee(truncated, run) : nil
        let parts = [
            isCut
                ? "\(Wording.percent(share)) of the traces of \(test.endpoint) lack the server's half of a call" : nil,
            incompleteShare >= minimumShare ? "\(Wording.percent(incompleteShare)) of its spans lost attributes" : nil,
            evicted > 0 ? "\(evicted) spans of the run found no room" : nil,
        ]
        return test.finding(
            "F44",
            kind,
            culprit: CulpritReference(callee ?? test.entry, attribute: "spans"),
            severity: share >= 0.2 ? .medium : .info,
            confidence: 0.9,
            sentence: parts.compactMap { $0 }.joined(separator: "; "),
            suggestion: evicted > 0
                ? "Raise limits.traceStoreMiB, or send less load: whole traces were given up, chosen at random."
                : "Look at the exporter's queue and limits: spans are dropped where the service is busiest.",
            numbers: [
                "truncatedRatio": share, "incompleteRatio": incompleteShare, "evictedCount": Double(evicted),
                "truncatedCount": Double(truncated.count),
            ],
            exemplars: Exemplars(
                typical: truncated.first?.traceID ?? test.test.traces.first { !$0.rows.isEmpty }?.traceID
            )
        )
    }

    /// The client operation that most often lacks its server span.
    private func missingCallee(_ traces: [JoinedTrace], _ run: CorrelatedRun) -> OperationKey? {
        guard !run.context.isEmpty else { return nil }
        var counts: [OperationID: Int] = [:]
        for trace in traces {
            for row in trace.rows where run.spans.kind[row] == .client && run.context.firstChild[row] < 0 {
                counts[run.spans.operation[row], default: 0] += 1
            }
        }
        return counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
            .map { run.vocabulary.operation($0.key) }
    }
}

extension FindingDetector where Self == TruncatedTracesDetector {
    package static var truncatedTraces: Self { Self() }
}
