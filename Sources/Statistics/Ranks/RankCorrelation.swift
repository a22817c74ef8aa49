/// How two quantities move together, whatever the shape of the relation.
package enum RankCorrelation {
    /// A correlation in -1...1 with its two-sided p-value.
    package struct Result: Sendable, Hashable {
        package let coefficient: Double
        package let p: Double

        package init(coefficient: Double, p: Double) {
            self.coefficient = coefficient
            self.p = p
        }
    }

    /// Spearman's ρ, p by Student's t with n - 2 degrees of freedom, as `scipy.stats.spearmanr`.
    ///
    /// - Returns: `nil` below three pairs, or when one side is constant.
    package static func spearman(_ x: [Double], _ y: [Double]) -> Result? {
        guard x.count == y.count, x.count > 2 else { return nil }
        guard let rho = pearson(Midranks(x).ranks, Midranks(y).ranks) else { return nil }
        let freedom = Double(x.count - 2)
        let rest = (1 - rho) * (1 + rho)
        let t = rest > 0 ? rho * (freedom / rest).squareRoot() : .infinity
        return Result(coefficient: rho, p: 2 * StudentDistribution(freedom: freedom).upperTail(abs(t)))
    }

    /// Kendall's τ-b, p by the normal approximation with ties, as `scipy.stats.kendalltau(method="asymptotic")`.
    ///
    /// - Returns: `nil` below two pairs, or when one side is constant. Quadratic in the number of pairs.
    package static func kendall(_ x: [Double], _ y: [Double]) -> Result? {
        guard x.count == y.count, x.count > 1 else { return nil }
        var score = 0
        for i in x.indices {
            for j in 0..<i { score += sign(x[i] - x[j]) * sign(y[i] - y[j]) }
        }
        let n = Double(x.count)
        let (xTies, yTies) = (Midranks(x).ties, Midranks(y).ties)
        func sum(_ ties: [Int], _ term: (Double) -> Double) -> Double { ties.reduce(0) { $0 + term(Double($1)) } }
        let pairs = n * (n - 1) / 2
        let (x1, y1) = (sum(xTies) { $0 * ($0 - 1) / 2 }, sum(yTies) { $0 * ($0 - 1) / 2 })
        guard x1 < pairs, y1 < pairs else { return nil }
        let tau = Double(score) / (pairs - x1).squareRoot() / (pairs - y1).squareRoot()
        let m = n * (n - 1)
        let (x0, y0) = (sum(xTies) { $0 * ($0 - 1) * ($0 - 2) }, sum(yTies) { $0 * ($0 - 1) * ($0 - 2) })
        let (x2, y2) = (sum(xTies) { $0 * ($0 - 1) * (2 * $0 + 5) }, sum(yTies) { $0 * ($0 - 1) * (2 * $0 + 5) })
        var variance = (m * (2 * n + 5) - x2 - y2) / 18 + 2 * x1 * y1 / m
        if n > 2 { variance += x0 * y0 / (9 * m * (n - 2)) }
        let z = abs(Double(score)) / variance.squareRoot()
        return Result(coefficient: min(1, max(-1, tau)), p: 2 * NormalDistribution.upperTail(z))
    }

    /// The ordinary correlation of values; `nil` when one side is constant.
    package static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
        guard x.count == y.count, x.count > 1 else { return nil }
        let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for (left, right) in zip(x, y) {
            xx += (left - meanX) * (left - meanX)
            yy += (right - meanY) * (right - meanY)
            xy += (left - meanX) * (right - meanY)
        }
        guard xx > 0, yy > 0 else { return nil }
        return min(1, max(-1, xy / (xx * yy).squareRoot()))
    }

    private static func sign(_ value: Double) -> Int { value > 0 ? 1 : value < 0 ? -1 : 0 }
}
