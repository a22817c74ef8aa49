/// The label by which series of one service are told from another's.
enum ServiceLabel {
    /// Adds `service` from `service_name` (OpenTelemetry) or `job` (Prometheus) where it is missing.
    static func add(to labels: inout [String: String]) {
        guard labels["service"] == nil, let service = labels["service_name"] ?? labels["job"] else { return }
        labels["service"] = service
    }
}
