/// A log record that belongs to a trace, or tells of an exception.
package struct LogRecord: Sendable, Hashable {
    /// All zero when the record belongs to no trace.
    package var traceID: TraceID
    /// `SpanID.none` when it belongs to no span.
    package var spanID: SpanID
    /// Unix time at the source; where the source has no clock, when it was seen first.
    package var timeNanoseconds: UInt64
    /// OTLP's severity: 1–4 trace, 5–8 debug, 9–12 info, 13–16 warning, 17–20 error, 21–24 fatal; 0 unknown.
    package var severity: UInt8
    package var service: StringID
    package var instance: StringID
    package var eventName: StringID
    /// The text without secrets; `.empty` when the record has none or it is too long to keep.
    package var body: StringID
    /// `exception.type`; `.empty` when the record tells of no exception.
    package var exceptionType: StringID

    package init(
        traceID: TraceID,
        spanID: SpanID,
        timeNanoseconds: UInt64,
        severity: UInt8,
        service: StringID,
        instance: StringID = .empty,
        eventName: StringID = .empty,
        body: StringID = .empty,
        exceptionType: StringID = .empty
    ) {
        self.traceID = traceID
        self.spanID = spanID
        self.timeNanoseconds = timeNanoseconds
        self.severity = severity
        self.service = service
        self.instance = instance
        self.eventName = eventName
        self.body = body
        self.exceptionType = exceptionType
    }
}
