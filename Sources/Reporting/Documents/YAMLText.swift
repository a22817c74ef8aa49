/// Writes block-style YAML that any YAML 1.1 or 1.2 reader understands alike.
enum YAMLText {
    static func document(_ value: DocumentValue) -> String {
        var output = ""
        write(value, indent: 0, into: &output)
        return output.hasSuffix("\n") ? output : output + "\n"
    }

    private static func write(_ value: DocumentValue, indent: Int, into output: inout String) {
        let margin = String(repeating: "  ", count: indent)
        switch value {
        case .object(let members) where !members.isEmpty:
            for member in members {
                output += margin + scalar(member.key) + ":"
                writeMember(member.value, indent: indent, into: &output)
            }
        case .array(let items) where !items.isEmpty:
            for item in items {
                guard item.isContainer else {
                    output += margin + "- " + inline(item) + "\n"
                    continue
                }
                // The first line of the item stands behind its dash; the rest lines up below it.
                var block = ""
                write(item, indent: indent + 1, into: &block)
                output += margin + "- " + block.dropFirst(2 * (indent + 1))
            }
        default:
            output += margin + inline(value) + "\n"
        }
    }

    private static func writeMember(_ value: DocumentValue, indent: Int, into output: inout String) {
        guard value.isContainer else {
            output += " " + inline(value) + "\n"
            return
        }
        output += "\n"
        write(value, indent: indent + 1, into: &output)
    }

    private static func inline(_ value: DocumentValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .number(let number): DocumentValue.text(of: number)
        case .string(let text): scalar(text)
        case .array: "[]"
        case .object: "{}"
        }
    }

    // Plain only where no reader could take it for anything but a string.
    private static func scalar(_ text: String) -> String {
        isPlainWord(text) ? text : quoted(text)
    }

    private static let reserved: Set<String> = [
        "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf",
    ]

    private static func isPlainWord(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first), text.utf8.count <= 60 else { return false }
        let isWord = text.utf8.allSatisfy { byte in
            isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
        }
        return isWord && !reserved.contains(text.lowercased())
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func quoted(_ text: String) -> String {
        QuotedText.quoted(text) { scalar in
            scalar.value <= 0xFFFF
                ? "\\u" + QuotedText.hex(scalar.value, width: 4) : "\\U" + QuotedText.hex(scalar.value, width: 8)
        }
    }
}
