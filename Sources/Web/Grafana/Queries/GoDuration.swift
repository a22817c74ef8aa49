/// Durations as Go's `time.ParseDuration` reads them: `1.2s`, `100ms`, `1h30m`.
enum GoDuration {
    // Longest first where one begins like another.
    private static let units: [(name: String, nanoseconds: Double)] = [
        ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3_600e9),
    ]

    /// `nil` for anything else, negative durations among them.
    static func nanoseconds(_ text: String) -> UInt64? {
        if text == "0" { return 0 }
        guard !text.isEmpty else { return nil }
        var rest = text[...]
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0 == "." || ($0.isASCII && $0.isNumber) }
            guard let number = Double(digits), digits.first != ".", digits.last != "." else { return nil }
            rest = rest.dropFirst(digits.count)
            let name = String(rest.prefix { $0 != "." && !$0.isNumber })
            guard let unit = units.first(where: { $0.name == name }) else { return nil }
            rest = rest.dropFirst(name.count)
            total += number * unit.nanoseconds
        }
        return total < 9.2e18 ? UInt64(total) : nil
    }
}
