/// Telemetry is written by strangers: what is left of a text before it may stand in any artifact.
package enum PlainText {
    /// One line without control, format, private or unassigned characters, cut to `limit` characters.
    ///
    /// Format characters go too: bidirectional overrides can make a report say the opposite of what it holds.
    package static func clean(_ text: String, limit: Int = 400) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(8 * limit) {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: kept.append(" ")
            case .format, .surrogate, .privateUse, .unassigned: continue
            default: kept.append(scalar)
            }
        }
        let words = String(kept).split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        return cut(separatingMarkup(words), to: limit)
    }

    /// Cut in the end, with an ellipsis.
    package static func cut(_ text: String, to limit: Int) -> String {
        text.count <= limit ? text : text.prefix(max(0, limit - 1)) + "…"
    }

    // Escapers that walk by character, as Mustache's does, miss a quote that a combining mark turned into another
    // character. Such a mark has no honest use there, so it goes.
    private static func separatingMarkup(_ text: String) -> String {
        guard text.contains(where: { $0.unicodeScalars.count > 1 && $0.unicodeScalars.contains(where: isMarkup) })
        else {
            return text
        }
        var result = String.UnicodeScalarView()
        for character in text {
            let scalars = character.unicodeScalars
            let isJoined = scalars.count > 1 && scalars.contains(where: isMarkup)
            result.append(contentsOf: isJoined ? scalars.filter(isMarkup) : Array(scalars))
        }
        return String(result)
    }

    private static func isMarkup(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "<", ">", "&", "\"", "'", "`", "{", "}", "|", "\\", "[", "]", "(", ")": true
        default: false
        }
    }
}
