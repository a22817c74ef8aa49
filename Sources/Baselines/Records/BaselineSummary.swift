/// What the store would compare the next run of a key with.
package struct BaselineSummary: Sendable, Hashable {
    package var key: BaselineKey
    /// Runs recorded of the key, and those of them that are the baseline now.
    package var runs: Int
    package var baselineRuns: Int
    /// Newest of the baseline, with what it measured; `nil` without a baseline.
    package var newestRunID: String?
    package var p95Milliseconds: Double?
    package var score: Double?
    package var decision: BaselineDecision?
    /// The run the decision is about.
    package var decidedRunID: String?
    /// How many of the newest runs, one after another, came out regressed.
    package var consecutiveRegressions: Int

    /// Whether three runs in a row regressed, so that a person should fix them or promote the newest.
    package var isObsolete: Bool { consecutiveRegressions >= 3 && baselineRuns > 0 }
}
