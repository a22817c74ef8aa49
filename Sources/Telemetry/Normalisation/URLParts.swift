/// The parts of a URL or request target that matter here, as byte ranges; accepts any text.
struct URLParts {
    /// From the first `/` after the authority, without query and fragment; empty when there is none.
    let path: ArraySlice<UInt8>

    init(_ text: String) {
        let bytes = Array(text.utf8)
        var start = 0
        if let authority = URLParts.authorityStart(bytes) {
            start = bytes[authority...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.count
        }
        let end = bytes[start...].firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? bytes.count
        path = bytes[start..<end]
    }

    static func hasScheme(_ bytes: [UInt8]) -> Bool { authorityStart(bytes) != nil }

    /// Just after `scheme://`, when the text starts with that.
    private static func authorityStart(_ bytes: [UInt8]) -> Int? {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, bytes.count > colon + 2,
            bytes[colon + 1] == UInt8(ascii: "/"), bytes[colon + 2] == UInt8(ascii: "/"),
            bytes[..<colon].allSatisfy({ $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) })
        else { return nil }
        return colon + 3
    }
}
