/// A CSV file (RFC 4180) that templates draw values from; the first line names the columns.
package struct DataTable: Sendable, Hashable {
    /// Why a file is no such table.
    package struct Fault: Error, Hashable {
        package var reason: String
    }

    package let columns: [String]
    /// Each as long as `columns`; never empty.
    package let rows: [[String]]

    package init(csv text: String) throws(Fault) {
        var lines = DataTable.records(of: text)
        guard !lines.isEmpty else { throw Fault(reason: "the file is empty; its first line names the columns") }
        columns = lines.removeFirst()
        guard !lines.isEmpty else { throw Fault(reason: "the file has column names and no row") }
        for (number, row) in lines.enumerated() where row.count != columns.count {
            throw Fault(reason: "row \(number + 2) has \(row.count) values, expected \(columns.count)")
        }
        rows = lines
    }

    /// The values of a column, by row; `nil` for a name that the first line does not have.
    package func values(of column: String) -> [String]? {
        columns.firstIndex(of: column).map { index in rows.map { $0[index] } }
    }

    private static func records(of text: String) -> [[String]] {
        var records: [[String]] = []
        var record: [String] = []
        var field = ""
        var isQuoted = false
        var rest = text.unicodeScalars[...]
        if rest.first == "\u{FEFF}" { rest.removeFirst() }
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"" where isQuoted && rest.first == "\"":
                rest.removeFirst()
                field.unicodeScalars.append("\"")
            case "\"" where isQuoted || field.isEmpty: isQuoted.toggle()
            case "," where !isQuoted:
                record.append(field)
                field = ""
            case "\r" where !isQuoted && rest.first == "\n": break
            case "\n" where !isQuoted:
                // A line without anything on it is no row.
                if !record.isEmpty || !field.isEmpty { records.append(record + [field]) }
                record = []
                field = ""
            default: field.unicodeScalars.append(scalar)
            }
        }
        if !record.isEmpty || !field.isEmpty { records.append(record + [field]) }
        return records
    }
}
