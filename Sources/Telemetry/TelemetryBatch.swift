/// What one decoded request brought.
package struct TelemetryBatch: Sendable {
    package var spans = SpanTable()
    package var points: [MetricPoint] = []

    package init() {}
}
