package import Statistics

/// One step of a composite test, over all its flows; the warm-up's are left out.
package struct FlowStepLoad: Sendable, Hashable {
    package var name: String
    /// Requests of this step, and how each ended; `scheduled` counts those that became due.
    package var ledger: ArrivalLedger
    /// From when the step became due (the answer before it, and the think time) to its last byte.
    package var latency: LatencyHistogram
    /// From sending.
    package var serviceTime: LatencyHistogram
    package var statusCodes: [Int: UInt64]

    package init(name: String) {
        self.name = name
        ledger = ArrivalLedger()
        latency = LatencyHistogram(subBucketBits: 10)
        serviceTime = LatencyHistogram(subBucketBits: 10)
        statusCodes = [:]
    }

    /// Adds another worker's share of the same step.
    package mutating func merge(_ other: FlowStepLoad) {
        ledger.merge(other.ledger)
        latency.merge(other.latency)
        serviceTime.merge(other.serviceTime)
        statusCodes.merge(other.statusCodes, uniquingKeysWith: +)
    }
}
