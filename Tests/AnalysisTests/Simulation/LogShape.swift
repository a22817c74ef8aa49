import Foundation
import Statistics

/// How the logarithms of latencies scatter within a run, in units of their standard deviation: centre near 0.
struct LogShape: Sendable {
    let name: String
    /// Of the logarithms, 10 % trimmed on either side.
    let trimmedMean: Double
    /// Times σ²/n: the variance of that trimmed mean (winsorised variance over (1 - 2γ)²; Wilcox 2012, section 3.3.2).
    let trimmedVariance: Double
    let kurtosis: Double
    /// Quantiles by -ln(1 - u), in steps of `step`.
    private let table: [Double]

    private static let step = 0.02
    private static let deepest = 14.0

    static let logNormal = LogShape("log-normal") { NormalDistribution.quantile($0) }
    /// The logarithm of a Pareto variable is exponential.
    static let pareto = LogShape("Pareto") { -log(1 - $0) - 1 }
    /// Seven in ten hit a cache.
    static let bimodal = LogShape("bimodal") { u in
        var (low, high) = (-6.0, 6.0)
        for _ in 0..<50 {
            let middle = (low + high) / 2
            let below =
                0.7 * NormalDistribution.cumulative((middle + 0.6) / 0.25)
                + 0.3 * NormalDistribution.cumulative((middle - 1.2) / 0.25)
            if below < u { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    static let all = [logNormal, pareto, bimodal]

    private init(_ name: String, quantile: (Double) -> Double) {
        self.name = name
        let places = Int(LogShape.deepest / LogShape.step) + 1
        var raw = (0..<places).map { quantile(max(1e-6, 1 - exp(-Double($0) * LogShape.step))) }
        let grid = (0..<4_000).map { (Double($0) + 0.5) / 4_000 }
        var values = grid.map { LogShape.value(at: 1 - $0, raw) }
        let mean = values.reduce(0, +) / Double(values.count)
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
        raw = raw.map { ($0 - mean) / deviation }
        values = values.map { ($0 - mean) / deviation }
        table = raw
        kurtosis = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(values.count)
        let cut = values.count / 10
        let kept = values[cut..<(values.count - cut)]
        trimmedMean = kept.reduce(0, +) / Double(kept.count)
        let winsorised = values.indices.map { values[min(max($0, cut), values.count - cut - 1)] }
        let center = winsorised.reduce(0, +) / Double(values.count)
        let variance = winsorised.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(values.count)
        trimmedVariance = variance / (0.8 * 0.8)
    }

    /// The quantile above which a share `tail` lies.
    func quantile(above tail: Double) -> Double { LogShape.value(at: tail, table) }

    private static func value(at tail: Double, _ table: [Double]) -> Double {
        let place = min(-log(max(tail, 1e-12)), deepest - 2 * step) / step
        let index = Int(place)
        return table[index] + (place - Double(index)) * (table[index + 1] - table[index])
    }
}
