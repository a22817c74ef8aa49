/// Character classes of the ASCII range, which is all that paths, SQL and identifiers are recognised by.
extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isUppercase: Bool { self >= 0x41 && self <= 0x5A }
    var isLowercase: Bool { self >= 0x61 && self <= 0x7A }
    var isLetter: Bool { isUppercase || isLowercase }
    var isControl: Bool { self < 0x20 || self == 0x7F }
    var isSpace: Bool { self <= 0x20 || self == 0x7F }

    /// The value of a hex digit in either case; `nil` for any other byte.
    @inlinable
    package var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }

    var uppercased: UInt8 { isLowercase ? self & 0xDF : self }
    var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
}

extension Sequence<UInt8> {
    /// Two lower-case hex digits a byte.
    package var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension StringProtocol {
    /// The ASCII letters in upper case, all else as it is; needs no Unicode tables.
    var asciiUppercased: String { String(decoding: utf8.map(\.uppercased), as: UTF8.self) }

    /// The ASCII letters in lower case, all else as it is.
    var asciiLowercased: String { String(decoding: utf8.map(\.lowercased), as: UTF8.self) }
}
