import Correlation
import Telemetry

/// Rows of a test's traces grouped by a key, in the order in which keys occur first.
struct RowGroups<Key: Hashable> {
    private(set) var keys: [Key] = []
    private(set) var rows: [Key: [Int]] = [:]

    /// - Parameters:
    ///   - reader: whose traces.
    ///   - key: `nil` leaves a row out.
    init(_ reader: TraceReader, by key: (Int) -> Key?) {
        for trace in reader.traces {
            for row in trace.rows where reader.context.path[row] >= 0 {
                guard let key = key(row) else { continue }
                if rows[key]?.append(row) == nil {
                    keys.append(key)
                    rows[key] = [row]
                }
            }
        }
    }

    subscript(key: Key) -> [Int] { rows[key] ?? [] }
}
