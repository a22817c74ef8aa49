/// A line that a third of wild values cannot turn: the median of all pairwise slopes, with its interval.
///
/// Source: Sen 1968; the same numbers as `scipy.stats.theilslopes`. Quadratic in the number of points.
package struct TheilSenLine: Sendable, Hashable {
    package let slope: Double
    package let intercept: Double
    /// Of the two-sided interval of the slope.
    package let slopeLow: Double
    package let slopeHigh: Double

    /// `nil` below two different `x`.
    ///
    /// - Parameters:
    ///   - x: in any order.
    ///   - y: one an `x`.
    ///   - confidence: such as 0.95.
    ///   - varianceInflation: times this, the variance behind the interval is that of autocorrelated values.
    package init?(x: [Double], y: [Double], confidence: Double = 0.95, varianceInflation: Double = 1) {
        guard x.count == y.count else { return nil }
        var slopes: [Double] = []
        slopes.reserveCapacity(x.count * (x.count - 1) / 2)
        for i in x.indices {
            for j in x.indices where x[i] > x[j] { slopes.append((y[i] - y[j]) / (x[i] - x[j])) }
        }
        slopes.sort()
        guard let slope = RobustScale.median(slopes), let centerX = RobustScale.median(x),
            let centerY = RobustScale.median(y)
        else { return nil }
        self.slope = slope
        intercept = centerY - slope * centerX
        let count = Double(y.count)
        func ties(_ values: [Double]) -> Double {
            Midranks(values).ties.reduce(0) { $0 + Double($1 * ($1 - 1) * (2 * $1 + 5)) }
        }
        let variance = (count * (count - 1) * (2 * count + 5) - ties(x) - ties(y)) / 18 * varianceInflation
        let width = NormalDistribution.quantile((1 + confidence) / 2) * max(0, variance).squareRoot()
        let total = Double(slopes.count)
        let upper = Int(((total + width) / 2).rounded(.toNearestOrEven))
        let lower = Int(((total - width) / 2).rounded(.toNearestOrEven)) - 1
        slopeHigh = slopes[min(upper, slopes.count - 1)]
        slopeLow = slopes[max(lower, 0)]
    }
}
