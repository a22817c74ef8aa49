/// One span on its way into a `SpanTable`: what the decoder knows, already normalised and interned.
package struct SpanFields: Sendable, BitwiseCopyable {
    package var traceID: TraceID
    package var spanID: SpanID
    /// `SpanID.none` for a root.
    package var parentID: SpanID
    /// Unix time.
    package var startNanoseconds: UInt64
    /// Unix time, never before `startNanoseconds`.
    package var endNanoseconds: UInt64
    package var operation: OperationID
    package var kind: SpanKind
    /// Literal-free query text of a database span; `.empty` for any other.
    package var statement: StringID
    /// Error class (`error.type`, exception type or status code); `.empty` when the span is no error.
    package var errorType: StringID
    /// Where it ran (`service.instance.id`, else `host.id`, else `host.name`); `.empty` when unknown.
    package var instance: StringID
    package var flags: SpanFlags
    /// How many spans this one stands for: 2^56 / (2^56 - threshold) by `ot=th` of its tracestate, else 1.
    package var weight: Float

    @inlinable
    package init(
        traceID: TraceID,
        spanID: SpanID,
        parentID: SpanID,
        startNanoseconds: UInt64,
        endNanoseconds: UInt64,
        operation: OperationID,
        kind: SpanKind,
        statement: StringID = .empty,
        errorType: StringID = .empty,
        instance: StringID = .empty,
        flags: SpanFlags = [],
        weight: Float = 1
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.parentID = parentID
        self.startNanoseconds = startNanoseconds
        self.endNanoseconds = max(startNanoseconds, endNanoseconds)
        self.operation = operation
        self.kind = kind
        self.statement = statement
        self.errorType = errorType
        self.instance = instance
        self.flags = flags
        self.weight = weight
    }
}

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
