/// Strings in double quotes, as far as JSON and YAML write them alike.
enum QuotedText {
    /// With its quotation marks; `escape` writes the characters that may not stand as they are.
    static func quoted(_ text: String, escape: (Unicode.Scalar) -> String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\t": output += "\\t"
            default:
                // Format characters stay in the data, but as escapes: nobody's terminal or editor obeys them.
                if needsEscape(scalar) { output += escape(scalar) } else { output.unicodeScalars.append(scalar) }
            }
        }
        return output + "\""
    }

    /// Lower-case hex digits, zero padded to at least `width`.
    static func hex(_ value: some BinaryInteger, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }
}
