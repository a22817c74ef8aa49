/// What decides whether a run lets a pipeline go on (`spec/contract.md` section 2, Gate); the plan's `gate`.
package struct GateOptions: Sendable, Hashable {
    /// Whether `degraded` fails the gate as `fail` does.
    package var failsOnDegraded = true
    /// Whether what only the comparison with the baseline says is a warning, which lets the run pass.
    package var warnsOnRegression = false
    /// Scores below it fail the gate, whatever the status; `nil` sets no bound.
    package var minimumScore: Double?
    /// Whether every edition of `edition.config.json` is tested, not only the plan's.
    package var coversAllEditions = false

    /// "default 0.85 in CI mode".
    package static let minimumScoreInPipelines = 0.85

    package init() {}
}
