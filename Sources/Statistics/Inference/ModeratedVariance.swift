import Glibc

/// What is known about between-run variance before a quantity's own few runs are looked at.
///
/// Source: Smyth 2004, "Linear models and empirical Bayes methods", section 6.2 (`fitFDist` of limma).
package struct ModeratedVariance: Sendable, Hashable {
    /// Weight of the prior in degrees of freedom (d0); infinite when all quantities share one variance.
    package let priorFreedom: Double
    /// s0².
    package let priorVariance: Double

    package init(priorFreedom: Double, priorVariance: Double) {
        self.priorFreedom = priorFreedom
        self.priorVariance = priorVariance
    }

    /// Fits the scaled F distribution s² ~ s0² F(d, d0) to the variances of many quantities.
    ///
    /// Variances that are not positive carry no logarithm and are left out.
    /// - Parameters:
    ///   - variances: one a quantity.
    ///   - freedom: the degrees of freedom behind each variance (d), above 0.
    /// - Returns: `nil` with fewer than two positive variances.
    package static func fit(variances: [Double], freedom: Double) -> ModeratedVariance? {
        let logs = variances.filter { $0 > 0 && $0.isFinite }.map { log($0) }
        guard logs.count > 1, freedom > 0 else { return nil }
        let shift = log(freedom / 2) - SpecialFunctions.digamma(freedom / 2)
        let shifted = logs.map { $0 + shift }
        let mean = shifted.reduce(0, +) / Double(shifted.count)
        let squares = shifted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let excess = squares / Double(shifted.count - 1) - SpecialFunctions.trigamma(freedom / 2)
        guard excess > 0 else { return ModeratedVariance(priorFreedom: .infinity, priorVariance: exp(mean)) }
        let prior = 2 * SpecialFunctions.inverseTrigamma(excess)
        return ModeratedVariance(
            priorFreedom: prior,
            priorVariance: exp(mean + SpecialFunctions.digamma(prior / 2) - log(prior / 2))
        )
    }

    /// s̃² = (d0 s0² + d s²) / (d0 + d), on d0 + d degrees of freedom.
    package func posterior(variance: Double, freedom: Double) -> (variance: Double, freedom: Double) {
        guard priorFreedom.isFinite else { return (priorVariance, .infinity) }
        let total = priorFreedom + freedom
        return ((priorFreedom * priorVariance + freedom * variance) / total, total)
    }
}
