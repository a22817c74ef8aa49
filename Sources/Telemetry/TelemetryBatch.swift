/// What one decoded request brought.
package struct TelemetryBatch: Sendable {
    package var spans = SpanTable()
    package var events: [SpanEvent] = []
    package var links: [SpanLink] = []
    package var points: [MetricPoint] = []
    package var logs: [LogRecord] = []

    package init() {}
}
