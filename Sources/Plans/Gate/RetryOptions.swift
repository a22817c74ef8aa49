/// Whether and how a run that came out badly is repeated (`spec/contract.md` section 2, Retry); the plan's `retry`.
package struct RetryOptions: Sendable, Hashable {
    /// Repetitions at most after the first attempt, 0...3; 0 repeats nothing unless an annotation asks for it.
    package var limit = 0
    /// Pause before each.
    package var coolDown = Duration.seconds(30)

    /// What to try, in turn, in place of what the cause asks for; the last of them again when there are more attempts.
    package var strategies: [RetryStrategy] = []

    /// "at most 3".
    package static let most = 3

    package init() {}
}
