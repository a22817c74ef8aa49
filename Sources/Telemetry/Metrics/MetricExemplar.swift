/// One request behind a metric: the way from a number to its trace.
package struct MetricExemplar: Sendable, Hashable {
    package var traceID: TraceID
    /// `SpanID.none` where only the trace is known.
    package var spanID: SpanID
    /// In the unit of the metric.
    package var value: Double
    /// Unix time.
    package var timeNanoseconds: UInt64

    package init(traceID: TraceID, spanID: SpanID, value: Double, timeNanoseconds: UInt64) {
        self.traceID = traceID
        self.spanID = spanID
        self.value = value
        self.timeNanoseconds = timeNanoseconds
    }

    /// `nil` when no label holds a trace id: without one an exemplar leads nowhere.
    ///
    /// Libraries write the same label as `trace_id`, `traceID` or `traceId`.
    package init?(labels: [String: String], value: Double, timeNanoseconds: UInt64) {
        let found = ["trace_id", "traceID", "traceId"].lazy.compactMap { labels[$0] }.first
        guard let found, let trace = TraceID(hex: found) else { return nil }
        let span = ["span_id", "spanID", "spanId"].lazy.compactMap { labels[$0] }.first
        self.init(
            traceID: trace,
            spanID: span.flatMap { SpanID(hex: $0) } ?? .none,
            value: value,
            timeNanoseconds: timeNanoseconds
        )
    }
}
