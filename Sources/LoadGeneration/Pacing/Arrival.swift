/// One arrival of a test's schedule.
package struct Arrival: Sendable, Hashable {
    /// Counts the arrivals of the test from 0, warm-up included, over all workers.
    package var sequence: UInt64
    /// When it is due, nanoseconds from the start of the schedule.
    package var offset: UInt64
    package var isWarmup: Bool

    package init(sequence: UInt64, offset: UInt64, isWarmup: Bool) {
        self.sequence = sequence
        self.offset = offset
        self.isWarmup = isWarmup
    }
}
