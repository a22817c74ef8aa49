/// A span's reference to another span that is no parent of it, such as the producer of a message it works on.
package struct SpanLink: Sendable, Hashable {
    package var traceID: TraceID
    package var spanID: SpanID
    package var linkedTraceID: TraceID
    package var linkedSpanID: SpanID

    package init(traceID: TraceID, spanID: SpanID, linkedTraceID: TraceID, linkedSpanID: SpanID) {
        self.traceID = traceID
        self.spanID = spanID
        self.linkedTraceID = linkedTraceID
        self.linkedSpanID = linkedSpanID
    }
}
