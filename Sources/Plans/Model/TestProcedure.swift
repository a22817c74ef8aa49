/// What a test does with its requests beyond sending them once through its rate shape.
package enum TestProcedure: Sendable, Hashable {
    /// The rate shape, once: load, spike, soak and composite tests.
    case schedule
    /// Looks for the highest rate that holds the objectives: stress tests.
    case search(StressSettings)
    /// One stretch for each number of virtual users: concurrency tests.
    case users(ConcurrencySettings)
    /// One stretch for each payload size: latency tests.
    case sizes(LatencySettings)
}
