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
