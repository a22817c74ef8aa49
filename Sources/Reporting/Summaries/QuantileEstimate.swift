import Statistics

/// A quantile of a latency histogram with what may be said about its precision.
///
/// Milliseconds.
struct QuantileEstimate {
    /// Fewer samples beyond a quantile than this, and it is an anecdote.
    private static let minimumBeyond: UInt64 = 10

    let value: Double
    /// Samples above the quantile's rank.
    let beyond: UInt64
    private let p: Double
    private let histogram: LatencyHistogram

    var isReliable: Bool { beyond >= QuantileEstimate.minimumBeyond }

    /// `nil` for an empty histogram.
    init?(_ p: Double, of histogram: LatencyHistogram) {
        guard !histogram.isEmpty else { return nil }
        let rank = max(1, (Double(histogram.count) * p).rounded(.up))
        value = Double(histogram.quantile(p)) / 1e6
        beyond = UInt64(max(0, Double(histogram.count) - rank))
        self.p = p
        self.histogram = histogram
    }

    /// Distribution-free 95 % interval from the order statistics; `nil` for a side whose rank lies outside the sample.
    ///
    /// Slower to find than the value: only where it is shown.
    var low: Double? { interval.lowerRank.map { Double(histogram.value(atRank: $0)) / 1e6 } }
    var high: Double? { interval.upperRank.map { Double(histogram.value(atRank: $0)) / 1e6 } }

    private var interval: OrderStatisticInterval { OrderStatisticInterval(quantile: p, count: histogram.count) }
}
