/// Writes JSON whose bytes depend on the value alone.
enum JSONText {
    /// Indented by two spaces, lists of scalars on one line, ended by a newline.
    static func document(_ value: DocumentValue) -> String {
        var output = ""
        write(value, indent: 0, into: &output)
        return output + "\n"
    }

    /// On one line without a newline, for JSON Lines.
    static func line(_ value: DocumentValue) -> String {
        var output = ""
        writeCompact(value, into: &output)
        return output
    }

    /// With its quotation marks.
    static func quoted(_ text: String) -> String {
        QuotedText.quoted(text) { scalar in
            String(scalar).utf16.map { "\\u" + QuotedText.hex($0, width: 4) }.joined()
        }
    }

    private static func write(_ value: DocumentValue, indent: Int, into output: inout String) {
        let inner = String(repeating: "  ", count: indent + 1)
        let outer = String(repeating: "  ", count: indent)
        switch value {
        case .array(let items) where items.contains(where: \.isContainer):
            output += "[\n"
            for (index, item) in items.enumerated() {
                output += inner
                write(item, indent: indent + 1, into: &output)
                output += index + 1 < items.count ? ",\n" : "\n"
            }
            output += outer + "]"
        case .object(let members) where !members.isEmpty:
            output += "{\n"
            for (index, member) in members.enumerated() {
                output += inner + quoted(member.key) + ": "
                write(member.value, indent: indent + 1, into: &output)
                output += index + 1 < members.count ? ",\n" : "\n"
            }
            output += outer + "}"
        default:
            writeCompact(value, into: &output)
        }
    }

    private static func writeCompact(_ value: DocumentValue, into output: inout String) {
        switch value {
        case .null: output += "null"
        case .bool(let flag): output += flag ? "true" : "false"
        case .integer(let number): output += String(number)
        case .number(let number): output += DocumentValue.text(of: number)
        case .string(let text): output += quoted(text)
        case .array(let items):
            output += "["
            for (index, item) in items.enumerated() {
                if index > 0 { output += ", " }
                writeCompact(item, into: &output)
            }
            output += "]"
        case .object(let members):
            output += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { output += ", " }
                output += quoted(member.key) + ": "
                writeCompact(member.value, into: &output)
            }
            output += "}"
        }
    }
}
