/// Which traces are wanted: every condition that is given must hold.
package struct TraceQuery: Sendable, Hashable {
    /// What `limit` is cut to: an unbounded one is how Tempo was made to run out of memory (CVE-2026-21728).
    package static let limitAtMost = 1_000

    package var service: String?
    /// Name of an operation of `service`, or of any service where that is `nil`.
    package var operation: String?
    /// Attributes one and the same span must have, as text; `error` = `true` asks for a failed span.
    package var attributes: [String: String] = [:]
    /// Unix nanoseconds in which the trace begins.
    package var range: Range<UInt64> = 0..<UInt64.max
    /// Of the whole trace, nanoseconds.
    package var durations: ClosedRange<UInt64> = 0...UInt64.max
    /// Newest first, this many at most.
    package var limit = 100

    package init() {}
}
