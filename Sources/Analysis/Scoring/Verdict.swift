/// Status, score and the sentences that justify them.
package struct Verdict: Sendable, Hashable, Codable {
    package var status: TestStatus
    package var score: Score
    package var limits: [LimitOutcome]
    /// Worst first; the first is what the terminal prints.
    package var reasons: [String]
    package var isRegressed: Bool

    package init(status: TestStatus, score: Score, limits: [LimitOutcome], reasons: [String], isRegressed: Bool) {
        self.status = status
        self.score = score
        self.limits = limits
        self.reasons = reasons
        self.isRegressed = isRegressed
    }
}
