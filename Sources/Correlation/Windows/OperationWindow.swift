package import Statistics
package import Telemetry

/// One operation of one version of its service within a `TelemetryWindow`.
package struct OperationWindow: Sendable, Hashable {
    /// 32 buckets a power of two, each 2.2 % wide or less: `spec/statistics.md` section 3.6 (γ of 1.02).
    package static let sketchBits = 5

    package var operation: OperationKey
    /// `service.version`; empty where the service tells none.
    package var version: String
    /// Spans that no other span called: requests that entered the system here.
    package var entries: Int
    /// Durations, nanoseconds.
    package var total: LatencyHistogram
    /// Durations less what the span's children took: exclusive time, nanoseconds.
    package var own: LatencyHistogram
    package var errors: Int
    /// Spans by class of error; beyond the 16 most frequent under `other`.
    package var errorTypes: [String: Int]
    /// By `TelemetryWindow.binLength`, six of them.
    package var bins: [WindowBin]

    package init(
        operation: OperationKey,
        version: String = "",
        entries: Int = 0,
        total: LatencyHistogram = LatencyHistogram(subBucketBits: OperationWindow.sketchBits),
        own: LatencyHistogram = LatencyHistogram(subBucketBits: OperationWindow.sketchBits),
        errors: Int = 0,
        errorTypes: [String: Int] = [:],
        bins: [WindowBin] = Array(repeating: WindowBin(), count: 6)
    ) {
        self.operation = operation
        self.version = version
        self.entries = entries
        self.total = total
        self.own = own
        self.errors = errors
        self.errorTypes = errorTypes
        self.bins = bins
    }

    /// Spans.
    package var count: Int { Int(total.count) }
}
