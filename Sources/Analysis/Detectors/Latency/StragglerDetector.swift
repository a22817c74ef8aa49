import Correlation
import Statistics
import Telemetry

/// F07: of calls made side by side, one keeps the others waiting.
package struct StragglerDetector: FindingDetector {
    package let kind = "parallel_straggler"
    var minimumSiblings = 3
    var minimumMilliseconds = 20.0
    /// Of the endpoint's mean.
    var minimumShare = 0.10
    var minimumTraces = 20
    /// From when on the same operation being last makes it the culprit.
    var fixedShare = 0.60

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private struct Wait {
        var trace: TraceID
        var milliseconds: Double
        var last: Int
    }

    private func findings(in reader: TraceReader) -> [Finding] {
        var waits: [OperationID: [Wait]] = [:]
        var parents: [OperationID] = []
        for trace in reader.traces {
            for row in trace.rows where reader.hasChildren(row, atLeast: minimumSiblings) {
                guard let wait = wait(under: row, of: trace, reader) else { continue }
                let operation = reader.spans.operation[row]
                if waits[operation] == nil { parents.append(operation) }
                waits[operation, default: []].append(wait)
            }
        }
        return parents.compactMap { finding($0, waits[$0] ?? [], reader) }
    }

    // Siblings that run at one moment: each has begun before the first of them ends.
    private func wait(under parent: Int, of trace: JoinedTrace, _ reader: TraceReader) -> Wait? {
        let spans = reader.spans
        var best: Wait?
        var group: [Int] = []
        var firstEnd = UInt64.max
        func close() {
            guard group.count >= minimumSiblings else { return }
            let ends = group.map { spans.endNanoseconds[$0] }.sorted()
            guard let last = group.max(by: { spans.endNanoseconds[$0] < spans.endNanoseconds[$1] }) else { return }
            let wait = Double(ends[ends.count - 1] - ends[(ends.count - 1) / 2]) / 1e6
            if best.map({ wait > $0.milliseconds }) ?? true {
                best = Wait(trace: trace.traceID, milliseconds: wait, last: last)
            }
        }
        for child in reader.blockingChildren(of: parent) {
            if spans.startNanoseconds[child] >= firstEnd {
                close()
                group.removeAll(keepingCapacity: true)
                firstEnd = .max
            }
            group.append(child)
            firstEnd = min(firstEnd, spans.endNanoseconds[child])
        }
        close()
        return best
    }

    private func finding(_ parent: OperationID, _ waits: [Wait], _ reader: TraceReader) -> Finding? {
        let test = reader.test
        guard waits.count >= minimumTraces, let median = RobustScale.median(waits.map(\.milliseconds)),
            median >= max(minimumMilliseconds, minimumShare * test.meanMilliseconds)
        else { return nil }
        var lasts: [OperationID: Int] = [:]
        for wait in waits { lasts[reader.spans.operation[wait.last], default: 0] += 1 }
        let caller = reader.vocabulary.operation(parent)
        let often = lasts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
        let share = Double(often?.value ?? 0) / Double(waits.count)
        let isFixed = lasts.count == 1 ? false : share >= fixedShare
        let last = often.map { reader.vocabulary.operation($0.key) } ?? caller
        let example = waits.first { reader.spans.operation[$0.last] == often?.key }?.last
        let blamed = isFixed ? last : caller
        let confidence = isFixed ? 0.9 : 0.7
        let shareOfMean = median / max(1e-9, test.meanMilliseconds)
        return test.finding(
            "F07",
            kind,
            culprit: CulpritReference(blamed),
            path: example.map { reader.stack($0) } ?? [],
            severity: test.severity(share: shareOfMean, confidence: confidence, atMost: .medium),
            confidence: confidence,
            sentence: "\(Wording.operation(caller)) waits \(Wording.milliseconds(median)) for the last of its parallel "
                + "calls on \(test.endpoint), "
                + (isFixed
                    ? "in \(Wording.percent(share)) of traces \(Wording.operation(last))"
                    : "now one and now another (\(Wording.percent(share)) at most the same)"),
            suggestion: isFixed
                ? "Speed this one call up, or do without it when it is late: the others are done long before."
                : "Any of many calls may be the slow one: fewer calls, hedged requests or a deadline shorten the wait.",
            numbers: [
                "waitMs": median, "affectedTracesRatio": Double(waits.count) / reader.count,
                "sameLastRatio": share, "criticalShareRatio": min(1, shareOfMean),
            ],
            exemplars: Exemplars(waits.map { ($0.trace, $0.milliseconds) })
        )
    }
}

extension FindingDetector where Self == StragglerDetector {
    package static var straggler: Self { Self() }
}
