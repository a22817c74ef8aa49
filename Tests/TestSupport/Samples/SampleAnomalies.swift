package import Analysis
import Telemetry

/// Anomalies of one operation, such as the service stores them.
package enum SampleAnomalies {
    package static let minute: UInt64 = 60_000_000_000

    /// Begins `since` minutes after 1970 and lasts for some, or until now.
    package static func anomaly(
        _ service: String = "cart",
        since: UInt64,
        minutes: UInt64? = nil,
        severity: OperationAnomaly.Severity = .warning,
        peak: Double = 31
    ) -> OperationAnomaly {
        OperationAnomaly(
            operation: OperationKey(service: service, name: "GET /cart", kind: .server),
            signal: .level,
            severity: severity,
            since: since * minute,
            until: minutes.map { (since + $0) * minute },
            ending: minutes == nil ? nil : .back,
            usual: 20,
            peak: peak,
            peakAt: since * minute,
            z: 7.5
        )
    }
}
