import Correlation
import Statistics
import Telemetry

/// Own times of one operation by some property of its spans, such as the instance: what F31 and F32 have in common.
struct GroupedTimes {
    struct Group {
        var label: String
        var rows: [Int]
        var milliseconds: [Double]

        var median: Double { RobustScale.median(milliseconds) ?? 0 }
    }

    let operation: OperationID
    /// In order of labels.
    let groups: [Group]

    /// Operations of which at least two groups have `least` spans; `label` gives `nil` for a span that is in none.
    static func all(_ reader: TraceReader, least: Int, label: (Int) -> StringID?) -> [GroupedTimes] {
        let byOperation = RowGroups(reader) { row in
            reader.context.marks[row].contains(.hasCallee) ? nil : Int(reader.spans.operation[row].rawValue)
        }
        return byOperation.keys.compactMap { operation in
            var rows: [StringID: [Int]] = [:]
            for row in byOperation[operation] { if let label = label(row) { rows[label, default: []].append(row) } }
            let groups = rows.filter { $0.value.count >= least }.map { label, rows in
                Group(
                    label: reader.vocabulary.string(label),
                    rows: rows,
                    milliseconds: rows.map { Double(reader.context.selfTime[$0]) / 1e6 }
                )
            }
            return groups.count < 2
                ? nil
                : GroupedTimes(operation: OperationID(UInt32(operation)), groups: groups.sorted { $0.label < $1.label })
        }
    }

    /// The group that is slower than the others pooled, with the p-value; `nil` below a ratio and a difference.
    func slowest(ratio: Double, milliseconds: Double) -> (group: Group, others: Double, p: Double)? {
        guard let slow = groups.max(by: { $0.median < $1.median }) else { return nil }
        let rest = groups.filter { $0.label != slow.label }.flatMap(\.milliseconds)
        guard let others = RobustScale.median(rest), slow.median >= ratio * others,
            slow.median - others >= milliseconds
        else { return nil }
        return (slow, others, MannWhitneyTest(before: rest, after: slow.milliseconds).pGreater)
    }
}
