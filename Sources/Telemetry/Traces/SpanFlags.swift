/// Facts about a span that fit in a bit each.
package struct SpanFlags: OptionSet, Sendable, Hashable, BitwiseCopyable {
    package var rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// For where spans are decoded: a literal of several options costs more than the rest of the span.
    @inlinable
    package init(isError: Bool, hasRemoteParent: Bool, isIncomplete: Bool, isClamped: Bool) {
        let error: UInt8 = isError ? 1 : 0
        let remoteParent: UInt8 = hasRemoteParent ? 2 : 0
        let incomplete: UInt8 = isIncomplete ? 4 : 0
        let clamped: UInt8 = isClamped ? 8 : 0
        rawValue = error | remoteParent | incomplete | clamped
    }

    /// An error by the rules of `spec/wire.md` section 3.2.
    package static let error = SpanFlags(rawValue: 1 << 0)
    /// `contains(.error)`, without the generic call.
    package var isError: Bool { rawValue & 1 != 0 }
    /// OTLP flag bits 8 and 9: the parent is in another process.
    package static let remoteParent = SpanFlags(rawValue: 1 << 1)
    /// The sender dropped attributes, events or links, so evidence is incomplete.
    package static let incomplete = SpanFlags(rawValue: 1 << 2)
    /// `end` was before `start` and has been clamped.
    package static let clamped = SpanFlags(rawValue: 1 << 3)
}
