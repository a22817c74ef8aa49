/// Recognises text that names one thing out of many: numbers, UUIDs, hashes, tokens, dates, addresses.
///
/// The shapes are those of `spec/wire.md` section 3.3.
enum IdentifierShape {
    /// For a segment of a path, where almost any long mixture is an identifier.
    static func isLikely(_ text: [UInt8]) -> Bool {
        if isCertain(text) { return true }
        let digits = text.contains(where: \.isDigit)
        let letters = text.contains(where: \.isLetter)
        if text.count >= 20, digits, letters { return true }
        return text.count >= 16 && digits && text.contains(where: \.isUppercase) && text.contains(where: \.isLowercase)
            && text.allSatisfy { $0.isLetter || $0.isDigit || "-_=".utf8.contains($0) }
    }

    /// For a word of a span name, where a long mixture may be the name of a class.
    static func isCertain(_ text: [UInt8]) -> Bool {
        guard text.contains(where: { $0.isDigit || $0 == UInt8(ascii: "@") }) else { return false }
        return isNumber(text) || isHex(text) || isUUID(text) || isULID(text) || isDate(text) || isEmail(text)
    }

    /// A parameter in any framework's notation: `{id}`, `:id`, `<int:id>`, `[id]`, `*`.
    static func isPlaceholder(_ text: [UInt8]) -> Bool {
        text.first.map { "{:<[*".utf8.contains($0) } ?? false
    }

    private static func isNumber(_ text: [UInt8]) -> Bool {
        let digits = text.first == UInt8(ascii: "-") ? text[1...] : text[...]
        return digits.contains(where: \.isDigit) && digits.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
    }

    private static func isHex(_ text: [UInt8]) -> Bool {
        text.count >= 8 && text.contains(where: \.isDigit) && text.allSatisfy { $0.hexValue != nil }
    }

    private static func isUUID(_ text: [UInt8]) -> Bool {
        guard text.count == 36 else { return false }
        return text.indices.allSatisfy { index in
            [8, 13, 18, 23].contains(index) ? text[index] == UInt8(ascii: "-") : text[index].hexValue != nil
        }
    }

    private static func isULID(_ text: [UInt8]) -> Bool {
        text.count == 26 && text.allSatisfy { $0.isDigit || $0.isUppercase && !"ILOU".utf8.contains($0) }
    }

    /// `2026-11-21` with or without a time behind it.
    private static func isDate(_ text: [UInt8]) -> Bool {
        guard text.count >= 10, text.count == 10 || "T _".utf8.contains(text[10]) else { return false }
        return text[..<10].indices.allSatisfy { index in
            index == 4 || index == 7 ? text[index] == UInt8(ascii: "-") : text[index].isDigit
        }
    }

    private static func isEmail(_ text: [UInt8]) -> Bool {
        guard let at = text.firstIndex(of: UInt8(ascii: "@")), at > 0 else { return false }
        return text[at...].dropFirst(2).contains(UInt8(ascii: "."))
    }
}
