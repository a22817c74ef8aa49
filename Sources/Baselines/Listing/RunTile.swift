/// The newest run of a module's edition, and how it stands against its baseline.
package struct RunTile: Sendable, Hashable {
    package var run: RunSummary
    /// Of all runs of this module and edition.
    package var runs: Int
    /// Ratio of the p95 to the baseline's, of the test that changed most for the worse; `nil` without a baseline.
    package var change: Double?
    /// Whether that change is more than noise: `ChangeDecision.rawValue`.
    package var decision: String?
    /// How many repetitions it took; 0 for none.
    package var retries: Int
}
