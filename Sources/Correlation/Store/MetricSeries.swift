package import Telemetry

/// One series, or a window of it.
package struct MetricSeries: Sendable, Hashable {
    package struct Point: Sendable, Hashable {
        /// Unix time.
        package var timeNanoseconds: UInt64
        package var value: Double

        package init(timeNanoseconds: UInt64, value: Double) {
            self.timeNanoseconds = timeNanoseconds
            self.value = value
        }

        /// Says that the series ended here: no value at all.
        package var isStale: Bool { MetricPoint.isStale(value) }
    }

    /// A native histogram at one time.
    package struct HistogramPoint: Sendable, Hashable {
        /// Unix time.
        package var timeNanoseconds: UInt64
        package var value: NativeHistogram

        package init(timeNanoseconds: UInt64, value: NativeHistogram) {
            self.timeNanoseconds = timeNanoseconds
            self.value = value
        }
    }

    package var name: String
    package var labels: [String: String]
    package var kind: MetricKind
    /// Stale markers included; a native histogram has none but those.
    package var points: [Point]
    package var histograms: [HistogramPoint]
    package var exemplars: [MetricExemplar]

    package init(
        name: String,
        labels: [String: String],
        kind: MetricKind,
        points: [Point] = [],
        histograms: [HistogramPoint] = [],
        exemplars: [MetricExemplar] = []
    ) {
        self.name = name
        self.labels = labels
        self.kind = kind
        self.points = points
        self.histograms = histograms
        self.exemplars = exemplars
    }

    var sortedLabels: [String] { labels.map { "\($0.key)\u{0}\($0.value)" }.sorted() }
}
