/// A W3C trace id: 16 bytes, shown as 32 lower-case hex digits.
package struct TraceID: Hashable, Sendable, Comparable, BitwiseCopyable {
    package var high: UInt64
    package var low: UInt64

    @inlinable
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 32 hex digits in either case; `nil` for any other text.
    package init?(hex: some StringProtocol) {
        // Number parsing alone would let a sign pass for a digit.
        guard hex.utf8.count == 32, hex.utf8.allSatisfy({ $0.hexValue != nil }) else { return nil }
        let middle = hex.index(hex.startIndex, offsetBy: 16)
        guard
            let high = UInt64(hex[..<middle], radix: 16),
            let low = UInt64(hex[middle...], radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// False for the all-zero id, which W3C Trace Context and OTLP declare invalid.
    @inlinable
    package var isValid: Bool { high != 0 || low != 0 }

    package var hex: String { high.hex16 + low.hex16 }

    package static func < (left: TraceID, right: TraceID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension TraceID: CustomStringConvertible {
    package var description: String { hex }
}

extension TraceID: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = TraceID(hex: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "expected 32 hex digits, found \"\(text)\"")
            )
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
