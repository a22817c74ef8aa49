/// A share or a mean over bins of time, and how uncertain the differences between bins make it.
///
/// Bins are the sampling unit, not requests: the ratio estimator of `WindowExceedance` for any sum, kept as what each bin
/// contributes, so that ratios over the same bins can be subtracted before their variance is taken.
package struct BinnedRatio: Sendable, Hashable {
    /// Sum over count, 0 where nothing was counted.
    package let value: Double
    package let count: Double
    /// What each bin moves the value by; they sum to 0.
    package private(set) var influence: [Double]

    /// - Parameters:
    ///   - sums: one a bin.
    ///   - counts: of what was summed, as many.
    package init(sums: some Collection<Double>, counts: some Collection<Double>) {
        let total = counts.reduce(0, +)
        let mean = total > 0 ? sums.reduce(0, +) / total : 0
        count = total
        value = mean
        influence = total > 0 ? zip(sums, counts).map { ($0 - mean * $1) / total } : []
    }

    /// Of the value; infinite with fewer than two bins.
    package var variance: Double { BinnedRatio.variance(of: influence) }

    /// Of a value whose bins move it by so much: m/(m - 1) Σ r².
    package static func variance(of influence: [Double]) -> Double {
        let bins = Double(influence.count)
        guard bins > 1 else { return .infinity }
        return bins / (bins - 1) * influence.reduce(0) { $0 + $1 * $1 }
    }
}
