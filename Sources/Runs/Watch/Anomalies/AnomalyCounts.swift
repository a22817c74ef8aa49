package import Analysis
import Telemetry

/// Anomalies by service: the numbers of `/metrics`.
package struct AnomalyCounts: Sendable, Hashable {
    package struct Key: Sendable, Hashable, Comparable {
        package var service: String
        package var severity: OperationAnomaly.Severity

        package init(service: String, severity: OperationAnomaly.Severity) {
            self.service = service
            self.severity = severity
        }

        package static func < (left: Key, right: Key) -> Bool {
            (left.service, left.severity.rawValue) < (right.service, right.severity.rawValue)
        }
    }

    /// Services that are counted by name; what others do counts under `otherService`.
    package static let serviceLimit = 50
    package static let otherService = "other"

    /// Those that last now.
    package var lasting: [Key: Int] = [:]
    /// Since the start of the process: those that began, and those that became critical.
    package var begun: [Key: Int] = [:]
    private var services: Set<String> = []

    package init() {}

    /// Which services have a name of their own is decided once, so that no counter ever goes backwards.
    mutating func key(of anomaly: OperationAnomaly) -> Key {
        let service = anomaly.operation.service
        if !services.contains(service), services.count < AnomalyCounts.serviceLimit { services.insert(service) }
        return Key(
            service: services.contains(service) ? service : AnomalyCounts.otherService,
            severity: anomaly.severity
        )
    }
}
