/// Status, score and the sentences that justify them.
package struct Verdict: Sendable, Hashable, Codable {
    package var status: TestStatus
    package var score: Score
    package var limits: [LimitOutcome]
    /// Worst first; the first is what the terminal prints.
    package var reasons: [String]
    package var isRegressed: Bool
    /// What the score and the limits say without the comparison with the baseline; `nil` where a person gave the status.
    package var statusApartFromBaseline: TestStatus?
    /// What people's notes changed, a sentence each with its source; `nil` when nothing.
    package var overrides: [String]?
    /// Whose note or plan keeps the test out of the gate; `nil` where it counts.
    package var gateExclusion: String?
    /// Whose note keeps the test's score from counting.
    package var scoreExclusion: String?
    /// Where the weights of the score come from; `nil` for the standard ones.
    package var weightsSource: String?

    package init(status: TestStatus, score: Score, limits: [LimitOutcome], reasons: [String], isRegressed: Bool) {
        self.status = status
        self.score = score
        self.limits = limits
        self.reasons = reasons
        self.isRegressed = isRegressed
    }
}
