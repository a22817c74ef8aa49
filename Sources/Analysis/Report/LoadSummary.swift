package import Statistics
package import Telemetry

/// `TestLoad` without its samples, in a form that can be stored.
package struct LoadSummary: Sendable, Hashable, Codable {
    /// Unix nanoseconds.
    package var startedAt: UInt64
    package var measuredFrom: UInt64
    package var endedAt: UInt64
    package var targetRate: Double
    package var achievedRate: Double
    package var scheduled: UInt64
    /// By `RequestOutcome.name`; only those that occurred.
    ///
    /// Sums to `scheduled`.
    package var outcomes: [String: UInt64]
    package var errorRate: Double
    package var statusCodes: [Int: UInt64]
    package var latency: LatencyHistogram
    package var serviceTime: LatencyHistogram
    package var scheduleLag: LatencyHistogram
    package var phases: PhaseTimes
    package var seconds: [LoadSecond]
    package var bytesSent: UInt64
    package var bytesReceived: UInt64
    package var connectionsOpened: UInt64
    package var threadCPU: [Double]
    package var invalidReasons: [String]
    package var exemplarTraceIDs: [TraceID]
    /// Requests in flight by two ways of counting; `nil` in reports from before it was counted.
    package var concurrency: ConcurrencyCheck?
    /// The stretches of a test that has several; `nil` for one that has not.
    package var steps: [LoadStep]?
    /// What only a test of its type finds out.
    package var characteristic: LoadCharacteristic?
    /// The steps of a composite test; `nil` for every other.
    package var flowSteps: [FlowStepSummary]?
    /// Why answers failed expectations, with counts; `nil` when none did.
    package var failureReasons: [String: UInt64]?

    package init(_ load: TestLoad, exemplarTraceIDs: [TraceID]) {
        startedAt = load.startedAt
        measuredFrom = load.measuredFrom
        endedAt = load.endedAt
        targetRate = load.targetRate
        achievedRate = load.achievedRate
        scheduled = load.ledger.scheduled
        outcomes = [:]
        for outcome in RequestOutcome.allCases where load.ledger[outcome] > 0 {
            outcomes[outcome.name] = load.ledger[outcome]
        }
        errorRate = load.ledger.errorRate
        statusCodes = load.statusCodes
        latency = load.latency
        serviceTime = load.serviceTime
        scheduleLag = load.scheduleLag
        phases = load.phases
        seconds = load.seconds
        bytesSent = load.bytesSent
        bytesReceived = load.bytesReceived
        connectionsOpened = load.connectionsOpened
        threadCPU = load.threadCPU
        invalidReasons = load.invalidReasons
        concurrency = load.concurrency
        steps = load.steps.isEmpty ? nil : load.steps
        characteristic = load.characteristic
        flowSteps = load.flowSteps.isEmpty ? nil : load.flowSteps.map(FlowStepSummary.init)
        failureReasons = load.failureReasons.counts.isEmpty ? nil : load.failureReasons.counts
        self.exemplarTraceIDs = exemplarTraceIDs
    }
}
