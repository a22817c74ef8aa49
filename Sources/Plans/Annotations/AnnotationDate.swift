import FoundationEssentials

/// When a note stops to hold: a day, which counts to its end in UTC, or a moment (RFC 3339).
package struct AnnotationDate: Sendable, Hashable {
    /// As written.
    package var text: String
    /// Unix time of the last second that counts.
    package var seconds: Int64

    /// `nil` for text that is neither.
    package init?(_ text: String) {
        let isDay = text.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil
        // Foundation takes the 30th of February for the 2nd of March.
        guard let day = try? Date(text.prefix(10) + "T00:00:00Z", strategy: .iso8601),
            day.formatted(.iso8601).hasPrefix(text.prefix(10))
        else { return nil }
        guard isDay || text.wholeMatch(of: /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})/) != nil,
            let date = try? Date(isDay ? text + "T23:59:59Z" : text, strategy: .iso8601)
        else { return nil }
        self.text = text
        seconds = Int64(date.timeIntervalSince1970)
    }

    /// A moment in Unix seconds.
    package init(seconds: Int64) {
        self.seconds = seconds
        text = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
    }
}
