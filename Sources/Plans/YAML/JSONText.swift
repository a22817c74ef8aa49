import Yams

/// Writes a YAML tree as compact JSON text, keys in written order.
///
/// A plain scalar that is a JSON number, `true`, `false` or `null` is that; every other scalar is a string, so that
/// `00123`, `no` and `2024-01-01` stay what a person sees. `"{{random 1 9 as number}}"`, alone in its scalar, is filled in
/// without quotes.
struct JSONText {
    /// Aliases may repeat a tree many times over; past this the value is refused.
    private static let byteLimit = 1 << 20

    private var text = ""
    /// What becomes of each scalar's text; `nil` after reporting a fault.
    private let expand: (String) -> String?
    private var hasFault = false

    /// `nil` after reporting why the value has no JSON form.
    ///
    /// `expand` is asked for each scalar and reports its own faults.
    static func text(of value: YAMLValue, expand: @escaping (String) -> String? = { $0 }) -> String? {
        var writer = JSONText(expand: expand)
        guard writer.write(value.node) else {
            value.error("has a key that is not text, or is larger than \(byteLimit >> 20) MiB as JSON")
            return nil
        }
        return writer.hasFault ? nil : writer.text
    }

    private init(expand: @escaping (String) -> String?) {
        self.expand = expand
    }

    private mutating func write(_ node: Node) -> Bool {
        guard text.utf8.count <= JSONText.byteLimit else { return false }
        switch node {
        case .scalar(let scalar): write(scalar)
        case .alias: return false
        case .sequence(let sequence):
            text += "["
            for (index, element) in sequence.enumerated() {
                if index > 0 { text += "," }
                guard write(element) else { return false }
            }
            text += "]"
        case .mapping(let mapping):
            text += "{"
            for (index, (key, element)) in mapping.enumerated() {
                guard case .scalar(let name) = key else { return false }
                if index > 0 { text += "," }
                write(string: name.string)
                text += ":"
                guard write(element) else { return false }
            }
            text += "}"
        }
        return true
    }

    private mutating func write(_ scalar: Node.Scalar) {
        let isPlain = scalar.style == .plain || scalar.style == .any
        guard let string = expand(scalar.string) else {
            hasFault = true
            return
        }
        switch string {
        case "", "~", "null":
            if isPlain { text += "null" } else { write(string: string) }
        case "true", "false":
            if isPlain { text += string } else { write(string: string) }
        default:
            if isPlain, JSONText.isNumber(string) {
                text += string
            } else if string.hasPrefix("{{"), let number = string.wholeMatch(of: /\{\{([^}]*?)\s+as\s+number\s*\}\}/) {
                text += "{{\(number.1)}}"
            } else {
                write(string: string)
            }
        }
    }

    /// With its quotation marks, for files that people edit: what YAML takes for the end of a line, and what cannot be seen,
    /// is escaped too.
    static func quoted(_ text: String) -> String {
        var writer = JSONText { $0 }
        writer.write(string: text)
        return String(
            writer.text.unicodeScalars.map { scalar -> String in
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator, .format, .privateUse, .unassigned:
                    return scalar.utf16.map { unit in
                        let digits = String(unit, radix: 16)
                        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                    }.joined()
                default: return String(scalar)
                }
            }.joined()
        )
    }

    private mutating func write(string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    /// The grammar of RFC 8259 section 6, by hand: a regular expression costs seconds on a large body.
    static func isNumber(_ text: String) -> Bool {
        var rest = text.utf8[...]
        func takeDigits() -> Int {
            let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            rest = rest.dropFirst(digits.count)
            return digits.count
        }
        func take(_ characters: String) -> Bool {
            guard let first = rest.first, characters.utf8.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        _ = take("-")
        let hasLeadingZero = rest.first == UInt8(ascii: "0")
        let whole = takeDigits()
        guard whole > 0, whole == 1 || !hasLeadingZero else { return false }
        if take("."), takeDigits() == 0 { return false }
        if take("eE") {
            _ = take("+-")
            if takeDigits() == 0 { return false }
        }
        return rest.isEmpty
    }
}
