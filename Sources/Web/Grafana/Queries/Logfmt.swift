/// `key=value key="a value"`: how Tempo's simple search and Jaeger's command line write tags.
enum Logfmt {
    /// `nil` for text that is no such list.
    static func pairs(_ text: String) -> [String: String]? {
        var rest = Substring(text)
        var pairs: [String: String] = [:]
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty { return pairs }
            let key = rest.prefix { $0 != "=" && $0 != " " && $0 != "\"" }
            rest = rest.dropFirst(key.count)
            guard !key.isEmpty, rest.first == "=" else { return nil }
            rest = rest.dropFirst()
            guard let value = value(&rest) else { return nil }
            pairs[String(key)] = value
        }
    }

    /// Reads a bare or a quoted value off the front.
    static func value(_ rest: inout Substring) -> String? {
        guard rest.first == "\"" else {
            let value = rest.prefix { $0 != " " && $0 != "\t" }
            rest = rest.dropFirst(value.count)
            return String(value)
        }
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return value
            case "\\":
                guard let escaped = rest.popFirst() else { return nil }
                value.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped)
            default: value.append(character)
            }
        }
        return nil
    }
}
