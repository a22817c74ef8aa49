import Yams

/// Writes a YAML tree as compact JSON text, keys in written order.
///
/// A plain scalar that is a JSON number, `true`, `false` or `null` is that; every other scalar is a string, so that
/// `00123`, `no` and `2024-01-01` stay what a person sees.
struct JSONText {
    /// Aliases may repeat a tree many times over; past this the value is refused.
    private static let byteLimit = 4 << 20

    private var text = ""

    /// `nil` after reporting why the value has no JSON form.
    static func text(of value: YAMLValue) -> String? {
        var writer = JSONText()
        guard writer.write(value.node) else {
            value.error("has a key that is not text, or is larger than \(byteLimit >> 20) MiB as JSON")
            return nil
        }
        return writer.text
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
        switch scalar.string {
        case "", "~", "null":
            if isPlain { text += "null" } else { write(string: scalar.string) }
        case "true", "false":
            if isPlain { text += scalar.string } else { write(string: scalar.string) }
        default:
            if isPlain, JSONText.isNumber(scalar.string) {
                text += scalar.string
            } else {
                write(string: scalar.string)
            }
        }
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

    /// The grammar of RFC 8259 section 6.
    static func isNumber(_ text: String) -> Bool {
        text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil
    }
}
