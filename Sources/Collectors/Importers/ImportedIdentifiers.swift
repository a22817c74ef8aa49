import Telemetry

/// Ids and times as other systems write them.
enum ImportedIdentifiers {
    /// Hex of any length up to 32 digits: leading zeros may be missing, and 64-bit trace ids are old but valid.
    static func trace(_ text: String) -> TraceID? {
        guard let padded = padded(text, to: 32), let id = TraceID(hex: padded), id.isValid else { return nil }
        return id
    }

    /// Hex of any length up to 16 digits.
    static func span(_ text: String) -> SpanID? {
        guard let padded = padded(text, to: 16), let id = SpanID(hex: padded), id.isValid else { return nil }
        return id
    }

    /// Unix nanoseconds; `nil` before 1970 or after 2554.
    static func nanoseconds(microseconds: Int64) -> UInt64? {
        guard let positive = UInt64(exactly: microseconds) else { return nil }
        let (product, overflow) = positive.multipliedReportingOverflow(by: 1_000)
        return overflow ? nil : product
    }

    private static func padded(_ text: String, to length: Int) -> String? {
        let count = text.utf8.count
        guard (1...length).contains(count) else { return nil }
        return String(repeating: "0", count: length - count) + text
    }
}
