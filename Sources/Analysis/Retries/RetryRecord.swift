import Plans

/// One repetition of one test, and what came of it.
package struct RetryRecord: Sendable, Hashable, Codable {
    /// 1 for the first repetition.
    package var attempt: Int
    package var step: RetryStep
    /// Of the attempt before.
    package var originalStatus: TestStatus
    package var originalScore: Double
    package var status: TestStatus
    package var score: Double

    /// The name of its strategy, such as `warm-start`.
    package var strategy: String { step.strategy.rawValue }

    package init(attempt: Int, step: RetryStep, from before: Verdict, to after: Verdict) {
        self.attempt = attempt
        self.step = step
        originalStatus = before.status
        originalScore = before.score.value
        status = after.status
        score = after.score.value
    }
}
