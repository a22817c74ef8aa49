/// One token of a SQL text; comments are no tokens.
struct SQLToken: Equatable {
    enum Kind: Equatable {
        /// A keyword or an unquoted name.
        case word
        /// A name in quotes, with them.
        case quotedName
        case string
        case number
        /// `?`, `$1`, `:name`, `@name`, `%s`.
        case placeholder
        /// One character of anything else.
        case symbol
        /// What the tokenizer could not read with certainty; the text ends here.
        case unreadable
    }

    var kind: Kind
    /// Empty for literals, which nothing may keep.
    var text: String
    /// The text in upper case when it is a word, else empty.
    var keyword: String
    var hasSpaceBefore: Bool

    init(_ kind: Kind, text: String = "", hasSpaceBefore: Bool) {
        self.kind = kind
        self.text = text
        self.keyword = kind == .word ? text.asciiUppercased : ""
        self.hasSpaceBefore = hasSpaceBefore
    }

    var isName: Bool { kind == .word || kind == .quotedName }

    /// Whether it stands for a value that the statement's caller chose.
    var isValue: Bool {
        switch kind {
        case .string, .number, .placeholder, .unreadable: true
        case .word: keyword == "TRUE" || keyword == "FALSE"
        case .quotedName, .symbol: false
        }
    }

    func isSymbol(_ character: String) -> Bool { kind == .symbol && text == character }
}
