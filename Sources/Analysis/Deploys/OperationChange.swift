package import Telemetry

/// One operation before and after a deploy, whether or not anything is wrong with it.
package struct OperationChange: Sendable, Hashable, Codable {
    package var operation: OperationKey
    package var requestsBefore: Int
    package var requestsAfter: Int
    /// Milliseconds.
    package var p95Before: Double
    package var p95After: Double
    /// Share of spans, 0...1.
    package var errorRateBefore: Double
    package var errorRateAfter: Double
    /// The least of its tests after correction; `nil` where nothing could be tested.
    package var q: Double?

    package init(
        operation: OperationKey,
        requestsBefore: Int,
        requestsAfter: Int,
        p95Before: Double,
        p95After: Double,
        errorRateBefore: Double,
        errorRateAfter: Double,
        q: Double? = nil
    ) {
        self.operation = operation
        self.requestsBefore = requestsBefore
        self.requestsAfter = requestsAfter
        self.p95Before = p95Before
        self.p95After = p95After
        self.errorRateBefore = errorRateBefore
        self.errorRateAfter = errorRateAfter
        self.q = q
    }
}
