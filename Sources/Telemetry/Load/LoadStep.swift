package import Statistics

/// One stretch of a test that was measured on its own: a rate of a stress test, a number of users, a payload size.
package struct LoadStep: Sendable, Hashable, Codable {
    package enum Role: String, Sendable, Hashable, Codable {
        /// Looks for the load line.
        case search
        /// Repeats the load line to be sure of it.
        case confirmation
        /// Looks whether the target is well again after being overloaded.
        case recovery
        case users
        case size
    }

    package var role: Role
    /// Requests per second, virtual users or bytes of payload, by the role.
    package var level: Double
    /// Unix nanoseconds of the measured part.
    package var measuredFrom: UInt64
    package var endedAt: UInt64
    /// Requests per second asked for (0 where users send as fast as they are answered), and answered.
    package var targetRate: Double
    package var achievedRate: Double
    package var scheduled: UInt64
    package var answered: UInt64
    package var failed: UInt64
    package var errorRate: Double
    /// From schedule; where users send, from sending.
    package var latency: LatencyHistogram
    /// What the step did not hold, one sentence each; empty for one that held, and where nothing is to be held.
    package var broken: [String]
    /// Why the step says nothing about the target; empty when it does.
    package var invalidReasons: [String]

    package init(role: Role, level: Double, of load: TestLoad) {
        self.role = role
        self.level = level
        measuredFrom = load.measuredFrom
        endedAt = load.endedAt
        targetRate = load.targetRate
        achievedRate = load.achievedRate
        scheduled = load.ledger.scheduled
        answered = load.ledger.answered
        failed = load.ledger.failed
        errorRate = load.ledger.errorRate
        latency = load.latency
        broken = []
        invalidReasons = load.invalidReasons
    }

    package var hasHeld: Bool { broken.isEmpty && invalidReasons.isEmpty }
}
