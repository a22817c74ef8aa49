extension HTTPHeader {
    /// As libcurl takes it.
    ///
    /// libcurl removes a header that has a colon and no value, and sends an empty one written with a semicolon.
    package var line: String { value.isEmpty ? "\(name);" : "\(name): \(value)" }

    /// Whether the name is a token and the value cannot end the header section.
    package var isWellFormed: Bool {
        !name.isEmpty && name.utf8.allSatisfy(HTTPHeader.isTokenByte)
            && value.utf8.allSatisfy { $0 == 9 || ($0 >= 32 && $0 != 127) }
    }

    // RFC 9110 section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
