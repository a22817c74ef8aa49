import Collectors

/// Times as the feeds' clients send them.
enum UnixTime {
    /// Unix nanoseconds out of a count of seconds, milli-, micro- or nanoseconds, told apart by size.
    ///
    /// Grafana sends the window of a trace in milliseconds to an API of microseconds (`spec/wire.md` 5.1). The sizes do
    /// not overlap between 1973 and 2554, where nanoseconds end. `nil` for what is no count, or later.
    static func nanoseconds(_ text: String) -> UInt64? {
        guard let count = UInt64(text) ?? Double(text).flatMap({ UInt64(exactly: $0.rounded()) }) else { return nil }
        let factor: UInt64 =
            switch count {
            case 0..<100_000_000_000: 1_000_000_000
            case 0..<100_000_000_000_000: 1_000_000
            case 0..<100_000_000_000_000_000: 1_000
            default: 1
            }
        let time = count.multipliedReportingOverflow(by: factor)
        return time.overflow ? nil : time.partialValue
    }

    /// The same, or an RFC 3339 time in UTC.
    static func instant(_ text: String) -> UInt64? {
        nanoseconds(text) ?? UTCTimestamp.nanoseconds(text)
    }
}

extension FormQuery {
    /// A range of Unix nanoseconds; what is missing is the default's.
    func range(
        from startName: String,
        to endName: String,
        default fallback: Range<UInt64>
    ) throws(FeedRefusal) -> Range<UInt64> {
        let start = try time(startName) ?? fallback.lowerBound
        let end = try time(endName) ?? fallback.upperBound
        guard start <= end else { throw .badRequest("\(startName) is later than \(endName)") }
        return start..<end
    }

    /// `nil` when it is not given.
    func time(_ name: String) throws(FeedRefusal) -> UInt64? {
        guard let text = self[name] else { return nil }
        guard let time = UnixTime.instant(text) else {
            throw .badRequest("\(name) must be a Unix time or an RFC 3339 time in UTC, found \"\(text.prefix(64))\"")
        }
        return time
    }

    /// Cut to 1...`most`; `fallback` when it is not given.
    func limit(_ names: [String] = ["limit"], default fallback: Int, most: Int) throws(FeedRefusal) -> Int {
        for name in names {
            guard let text = self[name] else { continue }
            guard let limit = Int(text) else {
                throw .badRequest("\(name) must be a whole number, found \"\(text.prefix(64))\"")
            }
            return min(max(limit, 1), most)
        }
        return fallback
    }

    /// Nanoseconds from `shortest` to `longest`, both Go durations by several names.
    func durations(_ shortest: String..., to longest: [String]) throws(FeedRefusal) -> ClosedRange<UInt64> {
        let least = try duration(shortest) ?? 0
        let most = try duration(longest) ?? .max
        guard least <= most else { throw .badRequest("\(shortest[0]) is longer than \(longest[0])") }
        return least...most
    }

    private func duration(_ names: [String]) throws(FeedRefusal) -> UInt64? {
        for name in names {
            guard let text = self[name] else { continue }
            guard let duration = GoDuration.nanoseconds(text) else {
                throw .badRequest("\(name) must be a duration such as 1.2s or 100ms, found \"\(text.prefix(64))\"")
            }
            return duration
        }
        return nil
    }
}
