/// Something that happened during a span; for most senders an exception.
package struct SpanEvent: Sendable, Hashable {
    package var traceID: TraceID
    package var spanID: SpanID
    /// Unix time.
    package var timeNanoseconds: UInt64
    package var name: StringID
    /// `exception.type`; `.empty` for any other event.
    package var exceptionType: StringID
    /// `exception.message` without secrets; `.empty` when there is none.
    package var message: StringID

    package init(
        traceID: TraceID,
        spanID: SpanID,
        timeNanoseconds: UInt64,
        name: StringID,
        exceptionType: StringID = .empty,
        message: StringID = .empty
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.timeNanoseconds = timeNanoseconds
        self.name = name
        self.exceptionType = exceptionType
        self.message = message
    }
}
