/// The parts of a URL or request target that matter here, in place; accepts any text.
struct URLParts {
    /// From the first `/` after the authority, without query and fragment; empty when there is none.
    let path: ByteText

    init(_ text: ByteText) {
        func isQueryOrFragment(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") }
        var start = text.startIndex
        if let authority = URLParts.authorityStart(text) {
            start = text[authority...].firstIndex { $0 == UInt8(ascii: "/") || isQueryOrFragment($0) } ?? text.endIndex
        }
        let end = text[start...].firstIndex(where: isQueryOrFragment) ?? text.endIndex
        path = text[start..<end]
    }

    static func hasScheme(_ text: ByteText) -> Bool { authorityStart(text) != nil }

    /// Just after `scheme://`, when the text starts with that.
    private static func authorityStart(_ text: ByteText) -> Int? {
        // A request target, which is what most values are, is seen at once.
        guard text.first != UInt8(ascii: "/"), let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        guard colon > text.startIndex, text.endIndex > colon + 2,
            text[colon + 1] == UInt8(ascii: "/"), text[colon + 2] == UInt8(ascii: "/"),
            text[..<colon].allSatisfy({ $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) })
        else { return nil }
        return colon + 3
    }
}
