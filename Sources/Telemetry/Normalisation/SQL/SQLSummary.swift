/// The operations and targets of a SQL text in order, such as `INSERT shipping_details SELECT orders`.
///
/// Rules: OpenTelemetry's `db.query.summary`; but verbs are in upper case, since senders keep their caller's case and
/// the summary is a grouping key here.
struct SQLSummary {
    private enum Expectation: Equatable {
        case nothing
        /// A table next; more of them after commas when `list`.
        case table(list: Bool)
        /// A table was read; a comma brings another.
        case afterTable
    }

    private struct Group {
        var outer: Expectation
        var isCall: Bool
    }

    private let tokens: [SQLToken]
    private var index = 0
    private var parts: [String] = []
    private var groups: [Group] = []
    private var expectation = Expectation.nothing
    private var isStatementStart = true
    private var acceptsUsing = false
    private var commonTables: Set<String> = []

    /// Empty when the text does not begin like a statement; cut at a part to fit `byteLimit`.
    static func text(of statement: SQLStatement, byteLimit: Int = 255) -> String {
        var summary = SQLSummary(tokens: statement.tokens)
        summary.run()
        var result = ""
        for part in summary.parts {
            guard result.utf8.count + part.utf8.count < byteLimit else { break }
            result += result.isEmpty ? part : " " + part
        }
        return result
    }

    private init(tokens: [SQLToken]) {
        self.tokens = tokens
    }

    private func token(_ offset: Int) -> SQLToken? {
        tokens.indices.contains(index + offset) ? tokens[index + offset] : nil
    }

    private var previousKeyword: String { token(-1)?.keyword ?? "" }

    private mutating func run() {
        while let token = token(0) {
            if token.kind == .symbol {
                readSymbol(token)
            } else if token.kind == .quotedName {
                if case .table = expectation { readTable() }
                isStatementStart = false
            } else if token.kind == .word {
                readWord(token.keyword)
            }
            index += 1
        }
    }

    private mutating func readSymbol(_ token: SQLToken) {
        switch token.text {
        case "(":
            let startsQuery = ["SELECT", "WITH", "VALUES"].contains(self.token(1)?.keyword ?? "")
            let isTable = if case .table = expectation { true } else { false }
            groups.append(Group(outer: isTable ? .afterTable : expectation, isCall: !startsQuery && !isTable))
            expectation = startsQuery || !isTable ? .nothing : .table(list: true)
        case ")":
            expectation = groups.popLast()?.outer ?? .nothing
        case ",":
            if expectation == .afterTable { expectation = .table(list: true) }
        case ";":
            expectation = .nothing
            groups = []
            isStatementStart = true
        default:
            break
        }
    }

    private mutating func readWord(_ keyword: String) {
        let starts = isStatementStart
        isStatementStart = false
        // A part of a dotted name, or a function such as `replace(`, is no keyword.
        guard token(-1)?.isSymbol(".") != true else { return }
        if starts, readStatementStart(keyword) { return }
        switch keyword {
        case "SELECT":
            parts.append(keyword)
            expectation = .nothing
        case "INSERT" where token(1)?.isSymbol("(") != true && previousKeyword != "ON":
            parts.append(keyword)
            expectation = .nothing
        case "DELETE" where !SQLSummary.notBeforeVerb.contains(previousKeyword):
            parts.append(keyword)
            acceptsUsing = true
            expectation = .nothing
        case "UPDATE" where !SQLSummary.notBeforeVerb.contains(previousKeyword):
            parts.append(keyword)
            expectation = .table(list: true)
        case "FROM":
            let isCall = groups.last?.isCall ?? false
            if !isCall, previousKeyword != "DISTINCT" { expectation = .table(list: true) }
        case "JOIN", "STRAIGHT_JOIN", "INTO":
            expectation = .table(list: keyword != "INTO")
        case "USING" where acceptsUsing:
            expectation = .table(list: true)
        case _ where SQLSummary.clauseStarts.contains(keyword):
            expectation = .nothing
        case _ where SQLSummary.fillers.contains(keyword):
            break
        default:
            noteCommonTable()
            if case .table = expectation { readTable() }
        }
    }

    /// Reads the first word of a statement; false when it is one that the body reads the same way.
    private mutating func readStatementStart(_ keyword: String) -> Bool {
        switch keyword {
        case "SELECT", "INSERT", "DELETE", "UPDATE", "WITH", "FROM":
            return false
        case "REPLACE", "MERGE", "TRUNCATE", "CALL", "EXEC", "EXECUTE", "PRAGMA", "COPY":
            parts.append(keyword)
            acceptsUsing = keyword == "MERGE"
            expectation = .table(list: false)
        case "CREATE", "DROP", "ALTER":
            while let next = token(1), next.kind == .word, SQLSummary.modifiers.contains(next.keyword) { index += 1 }
            guard let object = token(1), object.kind == .word else { parts.append(keyword); return true }
            index += 1
            parts.append("\(keyword) \(object.keyword)")
            expectation = .table(list: false)
        default:
            guard keyword.utf8.allSatisfy({ $0.isLetter || $0 == UInt8(ascii: "_") }) else { return true }
            parts.append(keyword)
        }
        return true
    }

    /// `WITH name AS (` and `, name AS (` name a query, not a table.
    private mutating func noteCommonTable() {
        guard expectation == .nothing, let name = token(0) else { return }
        let opens = token(1)?.keyword == "AS" && token(2)?.isSymbol("(") == true
        if opens || ["WITH", "RECURSIVE"].contains(previousKeyword) { commonTables.insert(name.text.asciiLowercased) }
    }

    private mutating func readTable() {
        guard var name = token(0)?.text else { return }
        let list = expectation == .table(list: true)
        while token(1)?.isSymbol(".") == true, let next = token(2), next.isName {
            name += "." + next.text
            index += 2
        }
        if !commonTables.contains(name.asciiLowercased) { parts.append(name) }
        expectation = list ? .afterTable : .nothing
    }

    private static let notBeforeVerb: Set<String> = [
        "AFTER", "BEFORE", "DO", "FOR", "KEY", "NO", "OF", "ON", "OR", "THEN",
    ]
    private static let fillers: Set<String> = [
        "ABORT", "CONCURRENTLY", "EXISTS", "FAIL", "IF", "IGNORE", "LATERAL", "LOW_PRIORITY", "NOT", "ONLY", "OR",
        "OVERWRITE", "QUICK", "RECURSIVE", "REPLACE", "ROLLBACK", "TABLE", "WITH",
    ]
    private static let clauseStarts: Set<String> = [
        "EXCEPT", "FETCH", "FOR", "GROUP", "HAVING", "INTERSECT", "LIMIT", "OFFSET", "ON", "ORDER", "RETURNING", "SET",
        "UNION", "VALUES", "WHEN", "WHERE", "WINDOW",
    ]
    private static let modifiers: Set<String> = [
        "EXTERNAL", "FORCE", "GLOBAL", "LOCAL", "MATERIALIZED", "OR", "REPLACE", "TEMP", "TEMPORARY", "UNIQUE",
        "UNLOGGED", "VIRTUAL",
    ]
}
