import Correlation
import Telemetry

/// The rows of walked spans by a small number, such as that of their operation or their path.
struct RowGroups {
    /// The numbers that occur, ascending.
    let keys: [Int]
    private let rows: [[Int]]

    /// - Parameters:
    ///   - reader: whose traces.
    ///   - key: not negative; `nil` leaves a row out.
    init(_ reader: TraceReader, by key: (Int) -> Int?) {
        var rows: [[Int]] = []
        for trace in reader.traces {
            for row in trace.rows where reader.context.path[row] >= 0 {
                guard let key = key(row) else { continue }
                if key >= rows.count { rows.append(contentsOf: repeatElement([], count: key - rows.count + 1)) }
                rows[key].append(row)
            }
        }
        keys = rows.indices.filter { !rows[$0].isEmpty }
        self.rows = rows
    }

    subscript(key: Int) -> [Int] { rows.indices.contains(key) ? rows[key] : [] }
}
