package import Telemetry

/// The stores of one run as one sink: spans, events and log records to the one, metric points to the other.
package struct TelemetryStores: TelemetrySink {
    private let traces: TraceStore
    private let series: SeriesStore

    package init(traces: TraceStore, series: SeriesStore) {
        self.traces = traces
        self.series = series
    }

    package func append(_ batch: TelemetryBatch) -> BatchRefusal {
        var refusal = traces.append(batch)
        if !batch.points.isEmpty { refusal.points = series.append(batch.points) }
        return refusal
    }
}
