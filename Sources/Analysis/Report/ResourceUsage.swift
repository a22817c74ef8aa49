/// What the target used during the test, from scraped metrics; `nil` where none told.
package struct ResourceUsage: Sendable, Hashable, Codable {
    /// Percent of one core over all scraped processes.
    package var cpuAveragePercent: Double?
    package var cpuPeakPercent: Double?
    /// Cores the target may use (its quota, else those of the machine); without it no CPU score is given.
    package var cpuQuotaCores: Double?
    package var memoryPeakMiB: Double?
    package var memoryQuotaMiB: Double?
    /// Garbage collections during the test, over all services.
    package var collections: Double?
    /// The most threads (or goroutines) at any moment, over all services.
    package var threadsPeak: Double?
    /// The most that waited at any moment: for a connection, a thread, a consumer.
    package var queueDepthPeak: Double?

    package init() {}
}
