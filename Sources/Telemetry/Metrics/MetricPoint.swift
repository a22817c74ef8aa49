/// One value of one series at one time, as Prometheus means it.
package struct MetricPoint: Sendable, Hashable {
    package var name: String
    package var labels: [String: String]
    package var kind: MetricKind
    /// The count of observations when `histogram` is set; `MetricPoint.staleMarker` ends the series.
    package var value: Double
    /// Unix time.
    package var timeNanoseconds: UInt64
    /// Set for a native histogram only.
    package var histogram: NativeHistogram?
    /// Requests that were measured here, each with its trace id.
    package var exemplars: [MetricExemplar] = []
    /// Only the exemplars came, and `value` says nothing: remote write sends them apart from the samples.
    package var hasOnlyExemplars = false

    package init(
        name: String,
        labels: [String: String],
        kind: MetricKind,
        value: Double,
        timeNanoseconds: UInt64
    ) {
        self.name = name
        self.labels = labels
        self.kind = kind
        self.value = value
        self.timeNanoseconds = timeNanoseconds
    }

    /// The NaN by which Prometheus says that a series ended: only its bits tell it from a NaN that was measured.
    package static let staleMarker = Double(bitPattern: 0x7ff0_0000_0000_0002)

    package var isStale: Bool { MetricPoint.isStale(value) }

    package static func isStale(_ value: Double) -> Bool { value.bitPattern == staleMarker.bitPattern }
}
