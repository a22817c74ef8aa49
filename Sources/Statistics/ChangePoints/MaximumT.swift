/// The split of a series at which the pooled two-sample t is largest.
package struct MaximumT: Sendable, Hashable {
    package let statistic: Double
    /// Index of the first value behind the split.
    package let split: Int
    /// Lag-one correlation of the residuals on either side of the split, 0...0.9.
    package let autocorrelation: Double

    /// `nil` when no split leaves `margin` values on either side.
    package init?(_ values: [Double], margin: Int = 2) {
        let count = values.count
        guard margin >= 1, count >= 2 * margin, count > 2 else { return nil }
        let total = values.reduce(0, +)
        let squares = values.reduce(0) { $0 + $1 * $1 }
        var (left, leftSquares) = (0.0, 0.0)
        var best = (statistic: -1.0, split: margin)
        for split in 1...(count - margin) {
            left += values[split - 1]
            leftSquares += values[split - 1] * values[split - 1]
            guard split >= margin else { continue }
            let (n, m) = (Double(split), Double(count - split))
            let (first, second) = (left / n, (total - left) / m)
            let rest = (leftSquares - n * first * first) + (squares - leftSquares - m * second * second)
            let variance = max(0, rest) / Double(count - 2)
            let error = (variance * (1 / n + 1 / m)).squareRoot()
            let t = error > 0 ? abs(second - first) / error : first == second ? 0 : .greatestFiniteMagnitude
            if t > best.statistic { best = (t, split) }
        }
        statistic = best.statistic
        split = best.split
        let (head, tail) = (values[..<best.split], values[best.split...])
        let means = (head.reduce(0, +) / Double(head.count), tail.reduce(0, +) / Double(tail.count))
        let residuals = head.map { $0 - means.0 } + tail.map { $0 - means.1 }
        autocorrelation = min(0.9, max(0, MaximumT.firstCorrelation(residuals)))
    }

    // The residuals have mean 0 already.
    private static func firstCorrelation(_ values: [Double]) -> Double {
        let square = values.reduce(0) { $0 + $1 * $1 }
        guard square > 0 else { return 0 }
        let raw = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / square
        return raw + (2 + 4 * max(raw, 0)) / Double(values.count)
    }
}
