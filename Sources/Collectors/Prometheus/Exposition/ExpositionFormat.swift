/// The text formats a target may answer with.
enum ExpositionFormat: Sendable, Hashable {
    /// Prometheus text 0.0.4 and 1.0.0.
    case prometheus
    case openMetrics

    /// A missing type is read as Prometheus text, as Prometheus 2 did; `nil` for a type that is something else.
    init?(contentType: String?) {
        guard let contentType else {
            self = .prometheus
            return
        }
        switch contentType.prefix(while: { $0 != ";" }).filter({ $0 != " " }).lowercased() {
        case "text/plain": self = .prometheus
        case "application/openmetrics-text": self = .openMetrics
        default: return nil
        }
    }
}
