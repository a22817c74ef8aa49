/// How the generator works, apart from what the plan asks for.
package struct LoadSettings: Sendable, Hashable {
    /// Threads that send requests, at least 1; each takes an equal share of the schedule and of the connections.
    package var workers: Int
    /// Request samples kept over the whole run for the join; those beyond it are counted.
    package var sampleLimit: Int
    /// Between two calls of the progress callback.
    package var progressInterval: Duration
    /// 99 % of arrivals must be taken up within this time after they were due, or the measurement is invalid.
    ///
    /// Time spent waiting for a free connection does not count: that is the target's doing. The default suits shared
    /// CI machines; `max(10 ms, 5 % of the p95 limit)` is a good choice where there is a limit.
    package var lagLimit: Duration
    /// Share of one core that a worker may use, waiting excluded, before the measurement is invalid; 0...1.
    package var cpuLimit: Double
    /// How long requests in flight may still end after the task was cancelled.
    package var interruptionGrace: Duration
    /// Value of the `User-Agent` header unless the plan sets one.
    package var userAgent: String

    package init(
        workers: Int = LoadSettings.defaultWorkers,
        sampleLimit: Int = 2_000_000,
        progressInterval: Duration = .milliseconds(220),
        lagLimit: Duration = .milliseconds(10),
        cpuLimit: Double = 0.85,
        interruptionGrace: Duration = .milliseconds(800),
        userAgent: String = "plimsoll"
    ) {
        self.workers = workers
        self.sampleLimit = sampleLimit
        self.progressInterval = progressInterval
        self.lagLimit = lagLimit
        self.cpuLimit = cpuLimit
        self.interruptionGrace = interruptionGrace
        self.userAgent = userAgent
    }
}
