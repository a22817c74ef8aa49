package import Statistics
package import Telemetry

/// One step of a composite test, in a form that can be stored.
package struct FlowStepSummary: Sendable, Hashable, Codable {
    package var name: String
    /// Requests of this step that became due.
    package var scheduled: UInt64
    /// By `RequestOutcome.name`; only those that occurred.
    ///
    /// Sums to `scheduled`.
    package var outcomes: [String: UInt64]
    package var errorRate: Double
    package var statusCodes: [Int: UInt64]
    /// From when the step became due.
    package var latency: LatencyHistogram
    package var serviceTime: LatencyHistogram

    package init(_ step: FlowStepLoad) {
        name = step.name
        scheduled = step.ledger.scheduled
        outcomes = [:]
        for outcome in RequestOutcome.allCases where step.ledger[outcome] > 0 {
            outcomes[outcome.name] = step.ledger[outcome]
        }
        errorRate = step.ledger.errorRate
        statusCodes = step.statusCodes
        latency = step.latency
        serviceTime = step.serviceTime
    }
}
