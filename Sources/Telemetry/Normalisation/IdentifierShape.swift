/// Recognises text that names one thing out of many: numbers, UUIDs, hashes, tokens, dates, addresses.
///
/// The shapes are those of `spec/wire.md` section 3.3.
enum IdentifierShape {
    /// For a segment of a path, where almost any long mixture is an identifier.
    static func isLikely(_ text: ByteText) -> Bool {
        let classes = CharacterClasses(text)
        if isCertain(text, classes) { return true }
        guard classes.hasDigit else { return false }
        if text.count >= 20, classes.hasLetter { return true }
        return text.count >= 16 && classes.hasUppercase && classes.hasLowercase
            && text.allSatisfy { $0.isLetter || $0.isDigit || "-_=".utf8.contains($0) }
    }

    /// For a word of a span name, where a long mixture may be the name of a class.
    static func isCertain(_ text: ByteText) -> Bool { isCertain(text, CharacterClasses(text)) }

    /// A parameter in any framework's notation: `{id}`, `:id`, `<int:id>`, `[id]`, `*`.
    static func isPlaceholder(_ text: ByteText) -> Bool {
        switch text.first {
        case UInt8(ascii: "{"), UInt8(ascii: ":"), UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "*"): true
        default: false
        }
    }

    private static func isCertain(_ text: ByteText, _ classes: CharacterClasses) -> Bool {
        guard classes.hasDigit || classes.hasAt else { return false }
        return isNumber(text) || isHex(text, classes) || isUUID(text) || isULID(text) || isDate(text)
            || (classes.hasAt && isEmail(text))
    }

    private static func isNumber(_ text: ByteText) -> Bool {
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
        return digits.contains(where: \.isDigit) && digits.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
    }

    private static func isHex(_ text: ByteText, _ classes: CharacterClasses) -> Bool {
        text.count >= 8 && classes.hasDigit && text.allSatisfy { $0.hexValue != nil }
    }

    private static func isUUID(_ text: ByteText) -> Bool {
        guard text.count == 36 else { return false }
        for (index, byte) in text.enumerated() {
            let isDash = index == 8 || index == 13 || index == 18 || index == 23
            guard isDash ? byte == UInt8(ascii: "-") : byte.hexValue != nil else { return false }
        }
        return true
    }

    private static func isULID(_ text: ByteText) -> Bool {
        text.count == 26 && text.allSatisfy { $0.isDigit || $0.isUppercase && !"ILOU".utf8.contains($0) }
    }

    /// `2026-11-21` with or without a time behind it.
    private static func isDate(_ text: ByteText) -> Bool {
        guard text.count >= 10 else { return false }
        for (index, byte) in text.prefix(11).enumerated() {
            switch index {
            case 4, 7: guard byte == UInt8(ascii: "-") else { return false }
            case 10: guard "T _".utf8.contains(byte) else { return false }
            default: guard byte.isDigit else { return false }
            }
        }
        return true
    }

    private static func isEmail(_ text: ByteText) -> Bool {
        guard let at = text.firstIndex(of: UInt8(ascii: "@")), at > text.startIndex else { return false }
        return text[at...].dropFirst(2).contains(UInt8(ascii: "."))
    }
}
