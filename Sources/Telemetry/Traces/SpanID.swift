/// A W3C parent id: 8 bytes, shown as 16 lower-case hex digits.
///
/// Zero means "none".
package struct SpanID: Hashable, Sendable, Comparable, BitwiseCopyable {
    package var rawValue: UInt64

    @inlinable
    package init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Reads 16 hex digits in either case; `nil` for any other text.
    package init?(hex: some StringProtocol) {
        guard hex.utf8.count == 16, hex.utf8.allSatisfy({ $0.hexValue != nil }) else { return nil }
        guard let rawValue = UInt64(hex, radix: 16) else { return nil }
        self.init(rawValue)
    }

    @inlinable
    package static var none: SpanID { SpanID(0) }

    @inlinable
    package var isValid: Bool { rawValue != 0 }

    package var hex: String { rawValue.hex16 }

    package static func < (left: SpanID, right: SpanID) -> Bool { left.rawValue < right.rawValue }
}

extension SpanID: CustomStringConvertible {
    package var description: String { hex }
}

extension UInt64 {
    /// 16 lower-case hex digits, zero padded.
    package var hex16: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
