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
