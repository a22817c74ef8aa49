/// One value of one series at one time, as Prometheus means it.
package struct MetricPoint: Sendable, Hashable {
    package var name: String
    package var labels: [String: String]
    package var kind: MetricKind
    package var value: Double
    /// Unix time.
    package var timeNanoseconds: UInt64

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
}

/// How the values of a series relate to one another.
package enum MetricKind: String, Sendable, Codable {
    case counter, gauge, histogram, summary, unknown
}
