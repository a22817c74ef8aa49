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
