/// What was read for one resource field over a window, over all services that told.
package struct ResourceReading: Sendable, Hashable {
    /// Over the window.
    package var average: Double
    /// The highest sum over the series at any moment.
    package var peak: Double
    /// Names of the metrics it was read from, in order.
    package var metrics: [String]

    package init(average: Double, peak: Double, metrics: [String]) {
        self.average = average
        self.peak = peak
        self.metrics = metrics
    }
}
