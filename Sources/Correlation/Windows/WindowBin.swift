/// Ten seconds of an operation.
package struct WindowBin: Sendable, Hashable {
    package var spans: Int
    package var errors: Int
    /// Sum of the natural logarithms of durations in nanoseconds; of 0 ns that of 1.
    package var logDurationSum: Double

    package init(spans: Int = 0, errors: Int = 0, logDurationSum: Double = 0) {
        self.spans = spans
        self.errors = errors
        self.logDurationSum = logDurationSum
    }
}
