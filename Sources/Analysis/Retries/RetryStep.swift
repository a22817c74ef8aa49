package import Plans

/// One test that is to be repeated, how, and why.
package struct RetryStep: Sendable, Hashable, Codable {
    package var test: String
    package var strategy: RetryStrategy
    /// Plain words: `CPU is over its limit`.
    package var cause: String
    package var change: RetryChange

    package init(test: String, strategy: RetryStrategy, cause: String, change: RetryChange = RetryChange()) {
        self.test = test
        self.strategy = strategy
        self.cause = cause
        self.change = change
    }

    /// The strategy as artifacts name it, for targets that do not know plans.
    package var strategyName: String { strategy.rawValue }
}
