/// A distribution-free confidence interval of a quantile: ranks of the sorted records.
///
/// Source: Conover 1999 section 3.2; the same ranks as `scipy.stats.quantile_test(…).confidence_interval`.
package struct OrderStatisticInterval: Sendable, Hashable {
    /// 1-based; `nil` where there are too few records for that side to be finite.
    package let lowerRank: UInt64?
    package let upperRank: UInt64?

    /// - Parameters:
    ///   - quantile: inside 0...1.
    ///   - count: how many records.
    ///   - confidence: such as 0.95, two-sided.
    package init(quantile: Double, count: UInt64, confidence: Double = 0.95) {
        let distribution = BinomialDistribution(trials: count, probability: quantile)
        let outside = (1 - confidence) / 2
        let lower = distribution.quantile(outside)
        let upper = distribution.quantile(1 - outside) + 1
        lowerRank = lower >= 1 ? lower : nil
        upperRank = upper <= count ? upper : nil
    }
}
