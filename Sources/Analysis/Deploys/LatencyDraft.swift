import Statistics

/// The latency of one operation, as its tests stand before they learn from one another.
struct LatencyDraft {
    var operation: Int
    var isWhole: Bool
    /// At least one.
    var parts: [Part]
    var early: LatencyHistogram
    var late: LatencyHistogram

    /// One test of it.
    struct Part {
        var signal: CheckFinding.Signal
        var test: CheckTest
        var series: SignalSeries
        var logEffect: Double
        var before: Double
        var after: Double
        var isPractical: Bool
    }
}
