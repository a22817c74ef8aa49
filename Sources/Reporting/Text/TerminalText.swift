/// Fitting text into the columns of a terminal.
enum TerminalText {
    /// Breaks at spaces into at most `limit` lines of `width` columns; what does not fit ends in an ellipsis.
    static func wrap(_ text: String, width: Int, lines limit: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        let words = text.split(separator: " ")
        for (index, word) in words.enumerated() {
            let candidate = line.isEmpty ? String(word) : line + " " + word
            if columns(of: candidate) <= width || line.isEmpty {
                line = candidate
                continue
            }
            if lines.count + 1 == limit {
                line += " " + words[index...].joined(separator: " ")
                break
            }
            lines.append(line)
            line = String(word)
        }
        if !line.isEmpty { lines.append(line) }
        return lines.map { cut($0, to: width) }
    }

    static func cut(_ text: String, to width: Int) -> String {
        guard columns(of: text) > width else { return text }
        var kept = ""
        var used = 1
        for character in text {
            used += columns(of: String(character))
            guard used <= width else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// East Asian wide characters and emoji take two columns, combining marks none (Unicode TR 11, in ranges).
    static func columns(of text: String) -> Int {
        text.unicodeScalars.reduce(0) { total, scalar in
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
                0x1F300...0x1FAFF, 0x20000...0x3FFFD:
                return total + 2
            default:
                let category = scalar.properties.generalCategory
                return total + (category == .nonspacingMark || category == .enclosingMark ? 0 : 1)
            }
        }
    }
}
