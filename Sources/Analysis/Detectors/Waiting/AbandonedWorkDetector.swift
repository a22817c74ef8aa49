import Correlation
import Telemetry

/// F23: a server goes on working after its caller has given up.
package struct AbandonedWorkDetector: FindingDetector {
    package let kind = "abandoned_work"
    /// How much later the server must end for it not to be the clocks or a late export, nanoseconds.
    var toleranceNanoseconds: UInt64 = 2_000_000
    var minimumCalls = 5
    var minimumShare = 0.01

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        let skew = run.run.clocks.filter { !$0.isZero }.map(\.uncertaintyNanoseconds).max() ?? 0
        return run.findings { reader in findings(in: reader, tolerance: max(toleranceNanoseconds, skew)) }
    }

    private func findings(in reader: TraceReader, tolerance: UInt64) -> [Finding] {
        var calls: [OperationID: Int] = [:]
        var abandoned: [OperationID: [(trace: TraceID, value: Double)]] = [:]
        var rows: [OperationID: Int] = [:]
        for trace in reader.traces {
            for row in trace.rows where reader.spans.kind[row] == .server {
                let operation = reader.spans.operation[row]
                calls[operation, default: 0] += 1
                guard let caller = reader.context.parent(of: row), reader.spans.kind[caller] == .client,
                    reader.isError(caller)
                else { continue }
                let (end, given) = (reader.spans.endNanoseconds[row], reader.spans.endNanoseconds[caller])
                guard end > given, end - given > tolerance else { continue }
                abandoned[operation, default: []].append((trace.traceID, Double(end - given) / 1e6))
                rows[operation] = rows[operation] ?? row
            }
        }
        return abandoned.keys.sorted { $0.rawValue < $1.rawValue }.compactMap { operation in
            finding(abandoned[operation] ?? [], of: calls[operation] ?? 0, row: rows[operation] ?? 0, reader)
        }
    }

    private func finding(
        _ abandoned: [(trace: TraceID, value: Double)],
        of calls: Int,
        row: Int,
        _ reader: TraceReader
    ) -> Finding? {
        let test = reader.test
        let share = Double(abandoned.count) / Double(max(1, calls))
        guard abandoned.count >= minimumCalls, share >= minimumShare else { return nil }
        let operation = reader.operation(row)
        let wasted = abandoned.reduce(0) { $0 + $1.value }
        return test.finding(
            "F23",
            kind,
            culprit: CulpritReference(operation),
            path: reader.stack(row),
            severity: test.severity(share: share, confidence: 0.9, atMost: .medium),
            confidence: 0.9,
            sentence:
                "\(Wording.operation(operation)) goes on after its caller has given up in \(Wording.percent(share)) of "
                + "calls, \(Wording.milliseconds(wasted / Double(abandoned.count))) for nobody each time",
            suggestion: "Pass the caller's deadline on and stop when it is over or the connection is closed.",
            numbers: [
                "abandonedRatio": share, "abandonedCount": Double(abandoned.count), "wastedMs": wasted,
                "wastedMeanMs": wasted / Double(abandoned.count),
            ],
            exemplars: Exemplars(abandoned)
        )
    }
}

extension FindingDetector where Self == AbandonedWorkDetector {
    package static var abandonedWork: Self { Self() }
}
