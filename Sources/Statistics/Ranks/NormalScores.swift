/// Ranks turned into the quantiles of a normal sample.
package enum NormalScores {
    /// Φ⁻¹((rank − 3/8)/(n + 1/4)).
    ///
    /// Source: Blom 1958.
    package static func of(_ values: [Double]) -> [Double] {
        Midranks(values).ranks.map { NormalDistribution.quantile(($0 - 0.375) / (Double(values.count) + 0.25)) }
    }
}
