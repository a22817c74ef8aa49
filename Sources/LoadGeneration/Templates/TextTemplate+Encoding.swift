import Curl

extension TextTemplate.Context {
    /// A value as it stands in this context, without a way out of it.
    func encoded(_ value: [UInt8]) -> [UInt8] {
        switch self {
        case .text: value
        case .url: value.flatMap(PercentEncoding.bytes)
        case .form: value.flatMap { $0 == 32 ? [UInt8(ascii: "+")] : PercentEncoding.bytes($0) }
        // A line break from an answer would start another header.
        case .header: value.filter { $0 == 9 || ($0 >= 32 && $0 != 127) }
        case .json: value.flatMap(\.jsonEncoded)
        }
    }
}

extension UInt8 {
    fileprivate var jsonEncoded: [UInt8] {
        switch self {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), self]
        case 10: Array("\\n".utf8)
        case 13: Array("\\r".utf8)
        case 9: Array("\\t".utf8)
        case 0..<32: Array("\\u00".utf8) + [hexDigit(UInt64(self >> 4)), hexDigit(UInt64(self))]
        default: [self]
        }
    }
}
