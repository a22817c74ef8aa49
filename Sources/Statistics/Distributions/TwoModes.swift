import Glibc

/// Whether values fall into two groups with little between them, on log scale.
///
/// The cut is Otsu's: the one that separates the groups' means most. The bimodality coefficient is Sarle's with the
/// correction for small samples; a uniform distribution has 0.555.
package struct TwoModes: Sendable, Hashable {
    /// Values up to here belong to the fast group.
    package let cut: Double
    /// Geometric means of the groups.
    package let fast: Double
    package let slow: Double
    /// Of all values, 0...1.
    package let slowShare: Double
    package let coefficient: Double

    /// `nil` below 20 values, or when all are equal.
    ///
    /// - Parameter values: above 0.
    package init?(_ values: [Double]) {
        let logs = values.filter { $0 > 0 }.map { log($0) }.sorted()
        let count = Double(logs.count)
        guard logs.count >= 20 else { return nil }
        let total = logs.reduce(0, +)
        var left = 0.0
        var best: (separation: Double, index: Int, left: Double) = (-1, 0, 0)
        for index in 1..<logs.count {
            left += logs[index - 1]
            guard logs[index] > logs[index - 1] else { continue }
            let (n, m) = (Double(index), count - Double(index))
            let difference = (total - left) / m - left / n
            let separation = n * m * difference * difference
            if separation > best.separation { best = (separation, index, left) }
        }
        guard best.separation > 0 else { return nil }
        cut = exp(logs[best.index - 1])
        fast = exp(best.left / Double(best.index))
        slow = exp((total - best.left) / (count - Double(best.index)))
        slowShare = (count - Double(best.index)) / count
        let mean = total / count
        let moments = logs.reduce(into: (0.0, 0.0, 0.0)) { sums, value in
            let distance = value - mean
            sums.0 += distance * distance
            sums.1 += distance * distance * distance
            sums.2 += distance * distance * distance * distance
        }
        let variance = moments.0 / count
        let skew = moments.1 / count / (variance * variance.squareRoot())
        let excess = moments.2 / count / (variance * variance) - 3
        coefficient = (skew * skew + 1) / (excess + 3 * (count - 1) * (count - 1) / ((count - 2) * (count - 3)))
    }
}
