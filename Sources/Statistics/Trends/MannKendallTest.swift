/// Whether a series drifts up or down, whatever the shape.
///
/// Source: Mann 1945, Kendall 1975. Plain, it takes autocorrelation for a trend in one series of seven; the variance is
/// therefore inflated by (1 + ρ)/(1 − ρ) for the lag-one correlation ρ of what is left without the trend.
package struct MannKendallTest: Sendable, Hashable {
    /// Rising pairs minus falling pairs.
    package let score: Int
    /// Of the score, ties considered, before inflation.
    package let variance: Double
    /// (1 + ρ)/(1 − ρ), at least 1.
    package let inflation: Double

    package init(_ values: [Double]) {
        var score = 0
        for i in values.indices {
            for j in 0..<i { score += values[i] > values[j] ? 1 : values[i] < values[j] ? -1 : 0 }
        }
        self.score = score
        let n = Double(values.count)
        let ties = Midranks(values).ties.reduce(0) { $0 + Double($1 * ($1 - 1) * (2 * $1 + 5)) }
        variance = max(0, (n * (n - 1) * (2 * n + 5) - ties) / 18)
        let times = values.indices.map { Double($0) }
        let line = TheilSenLine(x: times, y: values)
        let residuals = zip(times, values).map { $1 - (line.map { $0.slope } ?? 0) * $0 }
        let rho = min(0.9, max(0, Autocorrelation.firstUnbiased(residuals)))
        inflation = (1 + rho) / (1 - rho)
    }

    /// Two-sided, without continuity correction, as `scipy.stats.kendalltau` against time; for independent values.
    package var plainP: Double {
        variance > 0 ? 2 * NormalDistribution.upperTail(abs(Double(score)) / variance.squareRoot()) : 1
    }

    /// Two-sided, with continuity correction and inflated variance.
    package var p: Double { corrected(variance * inflation) }

    /// Two-sided, with continuity correction; for values that are independent, such as means of long windows.
    package var independentP: Double { corrected(variance) }

    private func corrected(_ variance: Double) -> Double {
        guard variance > 0 else { return 1 }
        let distance = max(0, abs(Double(score)) - 1)
        return min(1, 2 * NormalDistribution.upperTail(distance / variance.squareRoot()))
    }
}
