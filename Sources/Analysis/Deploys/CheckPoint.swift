/// One bin of the operation that a check shows over time.
package struct CheckPoint: Sendable, Hashable, Codable {
    /// Unix nanoseconds.
    package var start: UInt64
    package var spans: Int
    package var errors: Int
    /// Milliseconds; `nil` where nothing was called, or a bin has no distribution.
    package var p50: Double?
    package var p95: Double?

    package init(start: UInt64, spans: Int, errors: Int, p50: Double?, p95: Double?) {
        self.start = start
        self.spans = spans
        self.errors = errors
        self.p50 = p50
        self.p95 = p95
    }
}
