/// Splits SQL into tokens, dropping comments and the content of literals.
///
/// Takes any text and never fails: what cannot be told apart from a literal counts as one.
struct SQLTokenizer {
    private let bytes: [UInt8]
    private let dialect: SQLDialect
    private var index = 0
    private var tokens: [SQLToken] = []

    static func tokens(of text: String, dialect: SQLDialect) -> [SQLToken] {
        var tokenizer = SQLTokenizer(bytes: Array(text.utf8), dialect: dialect)
        return tokenizer.run()
    }

    private init(bytes: [UInt8], dialect: SQLDialect) {
        self.bytes = bytes
        self.dialect = dialect
    }

    private mutating func run() -> [SQLToken] {
        while true {
            let hadSpace = skipSpaceAndComments()
            guard index < bytes.count else { return tokens }
            let token = next(hasSpaceBefore: hadSpace && !tokens.isEmpty)
            tokens.append(token)
            if token.kind == .unreadable { return tokens }
        }
    }

    private func peek(_ offset: Int = 0) -> UInt8 {
        bytes.indices.contains(index + offset) ? bytes[index + offset] : 0
    }

    private func starts(with text: StaticString) -> Bool {
        guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { bytes[index..<(index + $0.count)].elementsEqual($0) }
    }

    private mutating func skipSpaceAndComments() -> Bool {
        let start = index
        while index < bytes.count {
            if bytes[index].isSpace {
                index += 1
            } else if starts(with: "--") || dialect.hasHashComments && peek() == UInt8(ascii: "#") {
                index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            } else if starts(with: "/*") {
                index += 2
                while index < bytes.count, !starts(with: "*/") { index += 1 }
                index = min(index + 2, bytes.count)
            } else {
                break
            }
        }
        return index > start
    }

    private mutating func next(hasSpaceBefore: Bool) -> SQLToken {
        let byte = peek()
        let start = index
        var kind = SQLToken.Kind.symbol
        switch byte {
        case UInt8(ascii: "'"): kind = string(quote: byte, backslash: dialect.backslashEscapes)
        case UInt8(ascii: "\""): kind = doubleQuoted()
        case UInt8(ascii: "`"): kind = quotedName(until: byte)
        case UInt8(ascii: "[") where dialect.hasBracketNames: kind = quotedName(until: UInt8(ascii: "]"))
        case UInt8(ascii: "$"): kind = dollar()
        case UInt8(ascii: "?"):
            index += 1
            // SQLite numbers them: ?1, ?2.
            while peek().isDigit { index += 1 }
            kind = .placeholder
        case UInt8(ascii: ":") where isWordByte(peek(1)) && peek(-1) != UInt8(ascii: ":"),
            UInt8(ascii: "@") where isWordByte(peek(1)):
            index += 1
            skipWord()
            kind = .placeholder
        case UInt8(ascii: "%") where peek(1) == UInt8(ascii: "s") && !isWordByte(peek(2)):
            index += 2
            kind = .placeholder
        case UInt8(ascii: "%") where peek(1) == UInt8(ascii: "("):
            index = bytes[index...].firstIndex(of: UInt8(ascii: ")")).map { $0 + 1 } ?? bytes.count
            if peek() == UInt8(ascii: "s") { index += 1 }
            kind = .placeholder
        case _ where byte.isDigit, UInt8(ascii: ".") where peek(1).isDigit && !endsName: kind = number()
        case _ where isWordByte(byte):
            skipWord()
            kind = prefixedString(from: start) ?? .word
        default: index += 1
        }
        let keepsText = kind == .word || kind == .quotedName || kind == .symbol
        let text = keepsText ? String(decoding: bytes[start..<index], as: UTF8.self) : ""
        return SQLToken(kind, text: text, hasSpaceBefore: hasSpaceBefore)
    }

    /// Whether the last token ends a name, so that `.5` after it cannot be a number.
    private var endsName: Bool { tokens.last?.isName ?? false }

    private func isWordByte(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private mutating func skipWord() {
        while index < bytes.count, isWordByte(bytes[index]) || bytes[index] == UInt8(ascii: "$") { index += 1 }
    }

    /// `E'…'`, `N'…'`, `X'…'`, `B'…'`, `_utf8'…'`, `U&'…'`: a word glued to a string is part of it.
    private mutating func prefixedString(from start: Int) -> SQLToken.Kind? {
        let isUnicode = index - start == 1 && peek() == UInt8(ascii: "&") && peek(1) == UInt8(ascii: "'")
        guard peek() == UInt8(ascii: "'") || isUnicode else { return nil }
        if isUnicode { index += 1 }
        let isEscaping = index - start == 1 && bytes[start].uppercased == UInt8(ascii: "E")
        return string(quote: UInt8(ascii: "'"), backslash: isEscaping ? true : dialect.backslashEscapes)
    }

    private mutating func string(quote: UInt8, backslash: Bool?) -> SQLToken.Kind {
        index += 1
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\"), peek(1) == quote || peek(1) == UInt8(ascii: "\\") {
                // Unknown dialects differ on where this string ends, so all that follows may be a literal.
                guard let backslash else { return unreadable() }
                index += backslash ? 2 : 1
            } else if bytes[index] == quote {
                index += 1
                guard peek() == quote else { return .string }
                index += 1
            } else {
                index += 1
            }
        }
        return unreadable()
    }

    private mutating func doubleQuoted() -> SQLToken.Kind {
        let start = index
        switch dialect.doubleQuotes {
        case .string: return string(quote: UInt8(ascii: "\""), backslash: dialect.backslashEscapes)
        case .name: return quotedName(until: UInt8(ascii: "\""))
        case .byPlace:
            guard quotedName(until: UInt8(ascii: "\"")) == .quotedName else { return .unreadable }
            if isFollowedByNameUse || !standsWhereValuesStand { return .quotedName }
            index = start
            return string(quote: UInt8(ascii: "\""), backslash: dialect.backslashEscapes)
        }
    }

    /// Before a dot or a comparison stands a column.
    private var isFollowedByNameUse: Bool {
        let next = bytes[index...].first { !$0.isSpace } ?? 0
        return ".=<>!".utf8.contains(next)
    }

    /// After an operator, or in a list that is not one of names.
    private var standsWhereValuesStand: Bool {
        guard let last = tokens.last else { return false }
        if last.kind == .symbol { return !".".contains(last.text) && !isInNameList }
        let isUpperBound = last.keyword == "AND" && tokens.dropLast(2).last?.keyword == "BETWEEN"
        return isUpperBound || SQLTokenizer.valueKeywords.contains(last.keyword)
    }

    private static let valueKeywords: Set<String> = [
        "BETWEEN", "ELSE", "ESCAPE", "GLOB", "ILIKE", "IN", "IS", "LIKE", "LIMIT", "MATCH", "NOT", "REGEXP", "RETURN",
        "THEN", "VALUES",
    ]

    /// Whether the innermost open list or clause is one of columns or tables.
    private var isInNameList: Bool {
        guard let last = tokens.last, last.text == "," || last.text == "(" else { return false }
        var depth = 0
        for (offset, token) in tokens.enumerated().reversed() {
            if token.isSymbol(")") { depth += 1 }
            if token.isSymbol("(") {
                if depth > 0 { depth -= 1; continue }
                // `INTO t (` and `TABLE t (` open a list of columns; `VALUES (`, `IN (` and `f(` do not.
                return offset >= 2 && SQLTokenizer.columnListKeywords.contains(tokens[offset - 2].keyword)
            }
            if depth == 0, SQLTokenizer.nameListKeywords.contains(token.keyword) { return true }
            if depth == 0, SQLTokenizer.valueKeywords.contains(token.keyword) || token.keyword == "SET" { return false }
        }
        return false
    }

    private static let columnListKeywords: Set<String> = ["INTO", "TABLE", "EXISTS", "ON", "REFERENCES"]
    private static let nameListKeywords: Set<String> = ["BY", "FROM", "JOIN", "SELECT", "USING", "RETURNING"]

    private mutating func quotedName(until end: UInt8) -> SQLToken.Kind {
        index += 1
        while index < bytes.count {
            if bytes[index] == end {
                index += 1
                guard peek() == end else { return .quotedName }
            }
            index += 1
        }
        return unreadable()
    }

    /// `$1` is a parameter, `$tag$…$tag$` a string.
    private mutating func dollar() -> SQLToken.Kind {
        let start = index
        index += 1
        if peek().isDigit {
            while peek().isDigit { index += 1 }
            return .placeholder
        }
        while isWordByte(peek()) { index += 1 }
        guard peek() == UInt8(ascii: "$") else { return index == start + 1 ? .symbol : .placeholder }
        index += 1
        let tag = bytes[start..<index]
        while index + tag.count <= bytes.count {
            if bytes[index] == UInt8(ascii: "$"), bytes[index..<(index + tag.count)].elementsEqual(tag) {
                index += tag.count
                return .string
            }
            index += 1
        }
        return unreadable()
    }

    private mutating func number() -> SQLToken.Kind {
        while index < bytes.count {
            let isExponentSign =
                "+-".utf8.contains(bytes[index]) && "eE".utf8.contains(bytes[index - 1]) && peek(1).isDigit
            guard isWordByte(bytes[index]) || bytes[index] == UInt8(ascii: ".") || isExponentSign else { break }
            index += 1
        }
        return .number
    }

    private mutating func unreadable() -> SQLToken.Kind {
        index = bytes.count
        return .unreadable
    }
}
