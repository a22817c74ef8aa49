/// The text formats a target may answer with.
enum ExpositionFormat: Sendable, Hashable {
    /// Prometheus text 0.0.4 and 1.0.0.
    case prometheus
    case openMetrics

    /// A missing type is read as Prometheus text, as Prometheus 2 did; `nil` for a type that is something else.
    init?(contentType: String?) {
        let type = contentType?.split(separator: ";").first.map { $0.filter { $0 != " " }.lowercased() }
        switch type {
        case nil, "text/plain": self = .prometheus
        case "application/openmetrics-text": self = .openMetrics
        default: return nil
        }
    }
}
