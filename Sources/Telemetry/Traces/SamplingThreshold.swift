/// OpenTelemetry's consistent probability sampling: the rejection threshold that a sampler leaves in `tracestate`.
///
/// `ot=th:c` means that one trace in four was kept: of 2^56 random values those from 0xc0000000000000 on. Source:
/// the specification's "TraceState: Probability Sampling".
package enum SamplingThreshold {
    private static let digits = 14

    /// How many spans a span with this tracestate stands for, at least 1; 1 when it says nothing, or nothing valid.
    package static func weight(traceState: UnsafeRawBufferPointer) -> Float {
        for member in traceState.split(separator: UInt8(ascii: ",")) {
            let member = member.drop { $0 == 0x20 || $0 == 0x09 }
            guard member.starts(with: "ot=".utf8) else { continue }
            for pair in member.dropFirst(3).split(separator: UInt8(ascii: ";")) where pair.starts(with: "th:".utf8) {
                return weight(threshold: pair.dropFirst(3))
            }
        }
        return 1
    }

    // Trailing zeros may be left out, so the digits are the most significant ones.
    private static func weight(threshold: Slice<UnsafeRawBufferPointer>) -> Float {
        let text = threshold.prefix { $0 != 0x20 && $0 != 0x09 }
        guard (1...digits).contains(text.count) else { return 1 }
        var value: UInt64 = 0
        for byte in text {
            guard let digit = byte.hexValue, !byte.isUppercase else { return 1 }
            value = value << 4 | UInt64(digit)
        }
        value <<= UInt64(4 * (digits - text.count))
        let all = UInt64(1) << UInt64(4 * digits)
        return Float(Double(all) / Double(all - value))
    }
}
