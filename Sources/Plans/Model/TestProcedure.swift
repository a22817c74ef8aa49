/// What a test does with its requests beyond sending them once through its rate shape.
package enum TestProcedure: Sendable, Hashable {
    /// The rate shape, once: load, spike, soak and composite tests.
    case schedule
    /// Looks for the highest rate that holds the objectives: stress tests.
    case search(StressSettings)
    /// One stretch for each number of virtual users: concurrency tests.
    case users(ConcurrencySettings)
    /// One stretch for each payload size: latency tests.
    case sizes(LatencySettings)
}

/// How a stress test looks for its load line.
///
/// The rates it tries come from its own search; of the test's rate shape nothing is used.
package struct StressSettings: Sendable, Hashable {
    /// The first level, requests per second.
    package var startRate: Double
    /// No level is above it, requests per second.
    package var maximumRate: Double
    /// By how much the rate grows from level to level until one breaks, above 1.
    package var growth: Double
    /// The search ends when the lowest broken level is within this share of the highest that held, such as 0.02.
    package var precision: Double
    /// Measured time of one level.
    package var step: Duration
    /// Load at the level's rate before it is measured.
    package var settle: Duration
    /// How many of `attempts` at a level must break before the level counts as broken.
    package var brokenOf: Int
    package var attempts: Int
    /// Share of the load line at which the target must be well again at the end.
    package var recoveryShare: Double
    /// Of the search, levels under way excluded; what is known then is the answer.
    package var budget: Duration
    /// What a level must hold; all of them.
    package var objectives: [LoadObjective]

    package init(startRate: Double, budget: Duration) {
        self.startRate = startRate
        self.budget = budget
        maximumRate = 1_000_000
        growth = 2
        precision = 0.02
        // Doubling, bisection to a fiftieth, repeats, confirmation and recovery come to about 18 levels.
        step = min(.seconds(30), max(.milliseconds(200), budget / 24))
        settle = step / 5
        brokenOf = 2
        attempts = 3
        recoveryShare = 0.5
        objectives = []
    }
}

/// The steps of virtual users of a concurrency test: each sends its next request when the answer to the last is there.
package struct ConcurrencySettings: Sendable, Hashable {
    /// Rising.
    package var users: [Int]
    /// Measured time of one step.
    package var step: Duration
    /// Load with the step's users before it is measured.
    package var settle: Duration

    package init(users: [Int], step: Duration, settle: Duration) {
        self.users = users
        self.step = step
        self.settle = settle
    }
}

/// The payload sizes of a latency test.
package struct LatencySettings: Sendable, Hashable {
    /// Bytes of the request's payload, rising.
    package var sizes: [Int]
    /// Measured time of one size.
    package var step: Duration

    package init(sizes: [Int], step: Duration) {
        self.sizes = sizes
        self.step = step
    }
}

/// One thing that load must hold, as the search for a load line sees it.
package enum LoadObjective: Sendable, Hashable {
    /// The latency from schedule at a quantile, such as 0.95, stays at or below a limit.
    case latency(quantile: Double, limit: Duration)
    /// The share of failed arrivals, drops included, stays at or below a limit.
    case errorRate(Double)
}
