/// Text made fit for any place in a URL, a form or a W3C `baggage` value.
package enum PercentEncoding {
    /// Everything but RFC 3986's unreserved characters as `%XX`; a plus too, which forms read as a space.
    package static func text(_ text: String) -> String {
        String(decoding: text.utf8.lazy.flatMap(bytes), as: UTF8.self)
    }

    /// One byte, as itself where it is unreserved (RFC 3986 section 2.3).
    package static func bytes(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            [byte]
        default: [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)]
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
