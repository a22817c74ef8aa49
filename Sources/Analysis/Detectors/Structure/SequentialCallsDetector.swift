import Correlation
import Statistics
import Telemetry

/// F15: calls made one after another that do not seem to need each other.
///
/// Whether they do cannot be seen in one trace. Over many it can: calls whose order changes from request to request
/// cannot depend on one another, and nor can calls of one operation for several items.
package struct SequentialCallsDetector: FindingDetector {
    package let kind = "sequential_calls"
    var minimumCalls = 3
    var minimumMilliseconds = 20.0
    var minimumShare = 0.10
    var minimumTraces = 20
    /// Share of traces in another order than the commonest that proves independence.
    var permutedShare = 0.05
    var toleranceNanoseconds: UInt64 = 50_000

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private struct Group {
        var trace: TraceID
        var savedMilliseconds: Double
        var order: [OperationID]
        var row: Int
    }

    private func findings(in reader: TraceReader) -> [Finding] {
        var groups: [OperationID: [Group]] = [:]
        for trace in reader.traces {
            for row in trace.rows where reader.hasChildren(row, atLeast: minimumCalls) {
                guard let group = group(under: row, of: trace, reader) else { continue }
                groups[reader.spans.operation[row], default: []].append(group)
            }
        }
        return groups.keys.sorted { $0.rawValue < $1.rawValue }.compactMap { finding($0, groups[$0] ?? [], reader) }
    }

    private func group(under parent: Int, of trace: JoinedTrace, _ reader: TraceReader) -> Group? {
        let spans = reader.spans
        let calls = reader.blockingChildren(of: parent).filter { child in
            spans.kind[child] == .client && isCritical(child, reader)
        }
        guard calls.count >= minimumCalls else { return nil }
        for (left, right) in zip(calls, calls.dropFirst())
        where spans.startNanoseconds[right] + toleranceNanoseconds < spans.endNanoseconds[left] { return nil }
        let durations = calls.map { reader.milliseconds($0) }
        return Group(
            trace: trace.traceID,
            savedMilliseconds: durations.reduce(0, +) - (durations.max() ?? 0),
            order: calls.map { spans.operation[$0] },
            row: calls[0]
        )
    }

    private func isCritical(_ row: Int, _ reader: TraceReader) -> Bool {
        reader.context.critical[row] > 0
            || reader.context.children(of: row).contains { reader.context.critical[$0] > 0 }
    }

    private func finding(_ parent: OperationID, _ groups: [Group], _ reader: TraceReader) -> Finding? {
        let test = reader.test
        guard groups.count >= minimumTraces, let saved = RobustScale.median(groups.map(\.savedMilliseconds)),
            saved >= max(minimumMilliseconds, minimumShare * test.meanMilliseconds)
        else { return nil }
        let isOneOperation = groups.allSatisfy { Set($0.order).count == 1 }
        let permuted = permutedShare(of: groups)
        let isIndependent = isOneOperation || permuted >= permutedShare
        let operation = reader.vocabulary.operation(parent)
        let count = RobustScale.median(groups.map { Double($0.order.count) }) ?? 0
        let confidence = isIndependent ? 0.9 : 0.5
        let share = saved / max(1e-9, test.meanMilliseconds)
        return test.finding(
            "F15",
            kind,
            culprit: CulpritReference(operation),
            path: Array(reader.stack(groups[0].row).dropLast()),
            severity: test.severity(share: share, confidence: confidence, atMost: isIndependent ? .medium : .low),
            confidence: confidence,
            sentence: "\(Wording.operation(operation)) makes \(Wording.number(count)) calls one after another on "
                + "\(test.endpoint): side by side they would take \(Wording.milliseconds(saved)) less"
                + (isIndependent
                    ? (isOneOperation ? ", and they are all alike" : ", and their order changes between requests")
                    : ", if they do not need each other's results"),
            suggestion: "Start the calls together and wait for all of them.",
            numbers: [
                "savedMs": saved, "callsPerRequest": count, "permutedTracesRatio": permuted,
                "affectedTracesRatio": Double(groups.count) / reader.count, "criticalShareRatio": min(1, share),
            ],
            exemplars: Exemplars(groups.map { ($0.trace, $0.savedMilliseconds) })
        )
    }

    /// Among traces with the same set of calls, the share whose order is not the commonest.
    private func permutedShare(of groups: [Group]) -> Double {
        var orders: [[OperationID]: [[OperationID]: Int]] = [:]
        for group in groups {
            orders[group.order.sorted { $0.rawValue < $1.rawValue }, default: [:]][group.order, default: 0] += 1
        }
        let others = orders.values.reduce(0) { $0 + $1.values.reduce(0, +) - ($1.values.max() ?? 0) }
        return Double(others) / Double(max(1, groups.count))
    }
}

extension FindingDetector where Self == SequentialCallsDetector {
    package static var sequentialCalls: Self { Self() }
}
