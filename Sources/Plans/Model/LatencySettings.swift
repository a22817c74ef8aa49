/// The payload sizes of a latency test.
package struct LatencySettings: Sendable, Hashable {
    /// Bytes of the request's payload, rising.
    package var sizes: [Int]
    /// Measured time of one size.
    package var step: Duration

    package init(sizes: [Int], step: Duration) {
        self.sizes = sizes
        self.step = step
    }
}
