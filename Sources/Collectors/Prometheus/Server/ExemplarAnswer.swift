import Telemetry

/// The answer of `/api/v1/query_exemplars`.
struct ExemplarAnswer: Decodable {
    struct Series: Decodable {
        var seriesLabels: [String: String]
        var exemplars: [Exemplar]
    }

    struct Exemplar: Decodable {
        var labels: [String: String]
        var value: String
        var timestamp: Double

        /// `nil` when it leads to no trace.
        var exemplar: MetricExemplar? {
            guard let value = Double(value), let time = UInt64(exactly: (timestamp * 1000).rounded()),
                time < UInt64.max / 1_000_000
            else { return nil }
            return MetricExemplar(labels: labels, value: value, timeNanoseconds: time * 1_000_000)
        }
    }

    var data: [Series]
}
