/// A glimpse of a running load test for people to look at.
package struct LoadProgress: Sendable, Hashable {
    /// Index into the plan's tests.
    package var test: Int
    package var elapsed: Duration
    /// Of this test's schedule, warm-up included; answers may still come in after it.
    package var total: Duration
    package var isWarmup: Bool
    /// Arrivals per second that the schedule asks for now.
    package var targetRate: Double
    /// Answers per second over the last second.
    package var rate: Double
    /// Latency from schedule over the last second; 0 when nothing ended in it.
    package var p95Milliseconds: Double
    /// Since the start of the test, warm-up included; drops are not among the errors.
    package var errors: UInt64
    package var dropped: UInt64
    package var inFlight: Int
    package var scheduled: UInt64
    package var answered: UInt64
    /// What the test is at, where it has several stretches, such as `400 requests/s`.
    package var step: String?

    package init(
        test: Int,
        elapsed: Duration,
        total: Duration,
        isWarmup: Bool,
        targetRate: Double,
        rate: Double = 0,
        p95Milliseconds: Double = 0,
        errors: UInt64 = 0,
        dropped: UInt64 = 0,
        inFlight: Int = 0,
        scheduled: UInt64 = 0,
        answered: UInt64 = 0
    ) {
        self.test = test
        self.elapsed = elapsed
        self.total = total
        self.isWarmup = isWarmup
        self.targetRate = targetRate
        self.rate = rate
        self.p95Milliseconds = p95Milliseconds
        self.errors = errors
        self.dropped = dropped
        self.inFlight = inFlight
        self.scheduled = scheduled
        self.answered = answered
    }
}
