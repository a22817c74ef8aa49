import Statistics

/// A quantile of a latency histogram with what may be said about its precision.
///
/// Milliseconds.
struct QuantileEstimate {
    /// For a 95 % interval.
    private static let z = 1.96
    /// Fewer samples beyond a quantile than this, and it is an anecdote.
    private static let minimumBeyond: UInt64 = 10

    var value: Double
    /// Distribution-free 95 % interval from the order statistics of ranks `np ± 1.96 √(np(1−p))`; a side whose rank
    /// lies outside `1...n` is `nil`. (W. J. Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2.)
    var low: Double?
    var high: Double?
    /// Samples above the quantile's rank.
    var beyond: UInt64

    var isReliable: Bool { beyond >= QuantileEstimate.minimumBeyond }

    /// `nil` for an empty histogram.
    init?(_ p: Double, of histogram: LatencyHistogram) {
        guard !histogram.isEmpty else { return nil }
        let n = Double(histogram.count)
        let spread = QuantileEstimate.z * (n * p * (1 - p)).squareRoot()
        let rank = max(1, (n * p).rounded(.up))
        value = Double(histogram.quantile(p)) / 1e6
        low = QuantileEstimate.value(atRank: (n * p - spread).rounded(.down), of: histogram)
        high = QuantileEstimate.value(atRank: (n * p + spread).rounded(.up), of: histogram)
        beyond = UInt64(max(0, n - rank))
    }

    private static func value(atRank rank: Double, of histogram: LatencyHistogram) -> Double? {
        guard rank >= 1, rank <= Double(histogram.count) else { return nil }
        return Double(histogram.value(atRank: UInt64(rank))) / 1e6
    }
}
