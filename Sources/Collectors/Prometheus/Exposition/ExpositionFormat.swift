/// The formats a target may answer with.
enum ExpositionFormat: Sendable, Hashable {
    /// Prometheus text 0.0.4 and 1.0.0.
    case prometheus
    case openMetrics
    /// Length-delimited `io.prometheus.client.MetricFamily`, the only one with native histograms.
    case protobuf

    /// A missing type is read as Prometheus text, as Prometheus 2 did; `nil` for a type that is something else.
    init?(contentType: String?) {
        guard let contentType else {
            self = .prometheus
            return
        }
        let parts = contentType.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\"" } }
        switch parts.first ?? "" {
        case "text/plain": self = .prometheus
        case "application/openmetrics-text": self = .openMetrics
        case "application/vnd.google.protobuf":
            let isKnown = parts.contains("proto=io.prometheus.client.metricfamily")
            guard isKnown, parts.contains("encoding=delimited") else { return nil }
            self = .protobuf
        default: return nil
        }
    }
}
