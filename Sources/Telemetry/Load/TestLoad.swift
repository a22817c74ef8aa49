package import Statistics

/// One test's load as the generator saw it.
///
/// Warm-up is in `seconds` and `samples` only, never in the totals.
package struct TestLoad: Sendable {
    /// Index into the plan's tests.
    package var test: Int
    /// Unix nanoseconds: start of the schedule, end of the warm-up, end of the schedule.
    package var startedAt: UInt64
    package var measuredFrom: UInt64
    package var endedAt: UInt64
    /// Requests per second that the schedule asked for in the measured window, and that were answered.
    package var targetRate: Double
    package var achievedRate: Double
    /// Arrivals of the measured window.
    package var ledger: ArrivalLedger
    /// Arrivals of the warm-up.
    package var warmup: ArrivalLedger
    /// From the intended start (3 digits); failed requests count, dropped arrivals do not.
    package var latency: LatencyHistogram
    /// From sending.
    package var serviceTime: LatencyHistogram
    /// From the intended start to sending.
    package var scheduleLag: LatencyHistogram
    package var phases: PhaseTimes
    package var statusCodes: [Int: UInt64]
    package var seconds: [LoadSecond]
    package var bytesSent: UInt64
    package var bytesReceived: UInt64
    package var connectionsOpened: UInt64
    /// Share of one core each generator thread used, 0...1.
    package var threadCPU: [Double]
    /// Why the measurement cannot be trusted; empty when it can.
    package var invalidReasons: [String]
    /// Requests in flight by two ways of counting.
    package var concurrency = ConcurrencyCheck()
    /// Requests for the join, at most the generator's sample limit.
    package var samples: RequestLog
    package var droppedSamples: UInt64
    /// Of answers in the measured window that failed an expectation.
    package var failureReasons = FailureReasons()
    /// Steps of a composite test; the totals above then count flows, and latency leaves out the think times.
    package var flowSteps: [FlowStepLoad] = []
    /// Requests of flows that were answered, warm-up included; `nil` where every arrival is one request.
    package var flowRequestsAnswered: UInt64?

    /// Answered requests, warm-up included: as many root spans as the target owes.
    package var requestsAnswered: UInt64 { flowRequestsAnswered ?? ledger.answered + warmup.answered }
    /// The stretches of a test that has several, in the order they ran; the totals are those of some or all of them.
    package var steps: [LoadStep] = []
    /// Unix nanoseconds of the stretches that the totals count; empty when everything from `measuredFrom` counts.
    package var countedWindows: [Range<UInt64>] = []
    /// What only a test of this type finds out.
    package var characteristic: LoadCharacteristic?

    package init(test: Int, startedAt: UInt64) {
        self.test = test
        self.startedAt = startedAt
        measuredFrom = startedAt
        endedAt = startedAt
        targetRate = 0
        achievedRate = 0
        ledger = ArrivalLedger()
        warmup = ArrivalLedger()
        latency = LatencyHistogram(subBucketBits: 10)
        serviceTime = LatencyHistogram(subBucketBits: 10)
        scheduleLag = LatencyHistogram(subBucketBits: 10)
        phases = PhaseTimes()
        statusCodes = [:]
        seconds = []
        bytesSent = 0
        bytesReceived = 0
        connectionsOpened = 0
        threadCPU = []
        invalidReasons = []
        samples = []
        droppedSamples = 0
    }

    /// Whether an arrival that was due then counts in the totals.
    ///
    /// `instant` is in Unix nanoseconds.
    package func isMeasured(at instant: UInt64) -> Bool {
        instant >= measuredFrom && (countedWindows.isEmpty || countedWindows.contains { $0.contains(instant) })
    }
}
