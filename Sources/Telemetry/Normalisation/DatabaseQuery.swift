/// What a database span asked for.
struct DatabaseQuery {
    /// The longest statement kept.
    private static let statementByteLimit = 2_048

    /// Such as `SELECT items`.
    let operationName: String
    /// The query text without literals; empty when there is none.
    let statement: String

    /// `nil` for a span that is no database call.
    init?(of span: SpanDescription) {
        let system = span.text(.dbSystem)
        let text = span.text(.dbText)
        let operation = span.text(.dbOperation)
        guard system != nil || text != nil || operation != nil else { return nil }

        var summary = ""
        if let text, SQLDialect.isSQL(system: system) {
            let parsed = SQLStatement(text, system: system)
            statement = parsed.text(byteLimit: DatabaseQuery.statementByteLimit)
            summary = SQLSummary.text(of: parsed)
            // Not a statement we can read: its skeleton still groups it.
            if summary.isEmpty { summary = "\(system ?? "sql") #\(DatabaseQuery.hash(statement))" }
        } else {
            statement = text.map { DatabaseQuery.statement($0, system: system) } ?? ""
        }
        let target = span.text(.dbCollection) ?? span.text(.dbProcedure)
        let hasTarget = summary.utf8.contains(UInt8(ascii: " "))
        let name: String
        if let given = span.text(.dbSummary) {
            name = DatabaseQuery.upperVerb(given)
        } else if let operation, let target {
            name = DatabaseQuery.upperVerb("\(operation) \(target)")
        } else if hasTarget {
            name = summary
        } else if let operation, let namespace = span.text(.dbNamespace) ?? system {
            name = DatabaseQuery.upperVerb("\(operation) \(namespace)")
        } else if !summary.isEmpty {
            name = summary
        } else if !statement.isEmpty, let system {
            name = "\(statement.prefix { $0 != " " }) \(system)"
        } else {
            name = operation.map(DatabaseQuery.upperVerb) ?? system ?? "query"
        }
        let batch = span.value(.dbBatchSize)?.integer ?? 0
        operationName = batch > 1 && !name.hasPrefix("BATCH ") ? "BATCH \(name)" : name
    }

    /// The text of a query without literals.
    static func statement(_ text: String, system: String?) -> String {
        if SQLDialect.isSQL(system: system) {
            return SQLStatement(text, system: system).text(byteLimit: statementByteLimit)
        }
        // In other languages we cannot tell names from data, but a leading command such as Redis' `GET` is neither.
        let command = text.utf8.prefix { $0.isLetter || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
        guard (1...24).contains(command.count),
            text.utf8.count == command.count || text.utf8.dropFirst(command.count).first == 0x20
        else { return "?" }
        let name = String(decoding: command, as: UTF8.self).asciiUppercased
        return text.utf8.count == command.count ? name : name + " ?"
    }

    private static func upperVerb(_ summary: String) -> String {
        let words = summary.split(separator: " ", maxSplits: 1)
        return words.enumerated().map { $0.offset == 0 ? $0.element.asciiUppercased : String($0.element) }
            .joined(separator: " ")
    }

    /// FNV-1a, 32 bits, as hex digits: the same in every process, unlike `Hasher`.
    private static func hash(_ text: String) -> String {
        let hash = text.utf8.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        return String(hash, radix: 16)
    }
}
