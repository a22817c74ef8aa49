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
    }

    package var name: String
    package var labels: [String: String]
    package var kind: MetricKind
    package var points: [Point]

    package init(name: String, labels: [String: String], kind: MetricKind, points: [Point] = []) {
        self.name = name
        self.labels = labels
        self.kind = kind
        self.points = points
    }

    var sortedLabels: [String] { labels.map { "\($0.key)\u{0}\($0.value)" }.sorted() }
}
