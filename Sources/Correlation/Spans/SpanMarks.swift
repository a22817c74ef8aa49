/// Facts about a span in its trace that fit in a bit each.
package struct SpanMarks: OptionSet, Sendable, Hashable {
    package var rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// In a trace whose critical path counts.
    package static let walked = SpanMarks(rawValue: 1 << 0)
    /// An error that no error below explains.
    package static let errorOrigin = SpanMarks(rawValue: 1 << 1)
    /// Nobody waits for it.
    package static let detached = SpanMarks(rawValue: 1 << 2)
    /// A client span with a server span of another service below it.
    package static let hasCallee = SpanMarks(rawValue: 1 << 3)
}
