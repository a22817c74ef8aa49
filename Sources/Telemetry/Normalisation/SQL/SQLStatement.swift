/// A SQL text without its literals.
struct SQLStatement {
    let tokens: [SQLToken]

    init(_ text: String, system: String?) {
        tokens = SQLStatement.folded(SQLTokenizer.tokens(of: text, dialect: SQLDialect(system: system)))
    }

    /// The text with `?` for each literal, lists of literals and rows after the first collapsed, white space folded;
    /// at most `byteLimit` bytes, cut at a token.
    func text(byteLimit: Int) -> String {
        var result = ""
        var index = 0
        while index < tokens.count {
            let token = tokens[index]
            let piece = token.isValue ? "?" : token.text
            let isLast = index == tokens.count - 1
            if !(isLast && token.isSymbol(";")) {
                guard result.utf8.count + piece.utf8.count + 4 <= byteLimit else { return result + "…" }
                if token.hasSpaceBefore { result += " " }
                result += piece
            }
            if token.keyword == "IN", let end = endOfValueList(from: index + 1) {
                result += " (?)"
                index = end
            } else if token.keyword == "VALUES", let row = endOfGroup(from: index + 1) {
                index = max(index + 1, firstRow(index + 1, row, &result, byteLimit))
                continue
            }
            index += 1
        }
        return result
    }

    /// Appends the first row and returns the index after the last one.
    private func firstRow(_ start: Int, _ end: Int, _ result: inout String, _ byteLimit: Int) -> Int {
        let row = SQLStatement(tokens: Array(tokens[start...end])).text(byteLimit: byteLimit)
        result += row
        var last = end
        while last + 1 < tokens.count, tokens[last + 1].isSymbol(","), let next = endOfGroup(from: last + 2) {
            last = next
        }
        return last + 1
    }

    private init(tokens: [SQLToken]) {
        self.tokens = tokens
    }

    /// The index of the parenthesis that closes the one at `start`, if `start` opens one.
    private func endOfGroup(from start: Int) -> Int? {
        guard start < tokens.count, tokens[start].isSymbol("(") else { return nil }
        var depth = 0
        for index in start..<tokens.count {
            if tokens[index].isSymbol("(") { depth += 1 }
            if tokens[index].isSymbol(")") { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    /// The same, if the group holds nothing but values.
    private func endOfValueList(from start: Int) -> Int? {
        guard let end = endOfGroup(from: start), end > start + 1 else { return nil }
        let isList = tokens[start...end].allSatisfy { $0.isValue || [",", "(", ")"].contains($0.text) }
        return isList ? end : nil
    }

    /// Joins what makes up one literal: `DATE '…'`, `-1`.
    private static func folded(_ tokens: [SQLToken]) -> [SQLToken] {
        var result: [SQLToken] = []
        for (index, token) in tokens.enumerated() {
            let next = index + 1 < tokens.count ? tokens[index + 1] : nil
            if typeWords.contains(token.keyword), next?.kind == .string { continue }
            let isSign = token.isSymbol("-") || token.isSymbol("+")
            if isSign, next?.kind == .number, next?.hasSpaceBefore == false, !endsOperand(result.last) { continue }
            var kept = token
            // The space before a dropped word is the space before what follows it.
            if index > 0, tokens[index - 1].hasSpaceBefore, result.last != tokens[index - 1] {
                kept.hasSpaceBefore = !result.isEmpty
            }
            result.append(kept)
        }
        return result
    }

    private static let typeWords: Set<String> = ["DATE", "TIME", "TIMESTAMP", "TIMESTAMPTZ", "DATETIME", "INTERVAL"]

    /// Whether a sign after the token is an operator rather than part of a number.
    private static func endsOperand(_ token: SQLToken?) -> Bool {
        guard let token else { return false }
        switch token.kind {
        case .string, .number, .placeholder, .quotedName, .unreadable: return true
        case .symbol: return token.text == ")" || token.text == "]"
        case .word: return !operatorWords.contains(token.keyword)
        }
    }

    private static let operatorWords: Set<String> = [
        "AND", "BETWEEN", "BY", "CASE", "ELSE", "IN", "IS", "LIKE", "LIMIT", "NOT", "OFFSET", "OR", "RETURN", "SELECT",
        "SET", "THEN", "VALUES", "WHEN", "WHERE",
    ]
}
