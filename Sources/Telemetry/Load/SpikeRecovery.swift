/// What a spike did to the target, and how long it took to get over it.
package struct SpikeRecovery: Sendable, Hashable, Codable {
    /// p95 before the spike, milliseconds.
    package var p95Before: Double
    /// The highest p95 of one second from the spike on, milliseconds.
    package var p95Peak: Double
    /// Failed arrivals from the spike on, as a share of those due.
    package var errorRate: Double
    /// From the end of the spike until p95 is back in the range it had before and stays there; `nil` when it did not.
    package var seconds: Double?
    /// The p95 that counts as recovered, milliseconds.
    package var p95Recovered: Double

    package init(p95Before: Double, p95Peak: Double, errorRate: Double, seconds: Double?, p95Recovered: Double) {
        self.p95Before = p95Before
        self.p95Peak = p95Peak
        self.errorRate = errorRate
        self.seconds = seconds
        self.p95Recovered = p95Recovered
    }
}
