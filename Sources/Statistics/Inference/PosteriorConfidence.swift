import Glibc

/// The probability that a change is a practical slowdown, given how unlikely noise alone makes it.
///
/// Two groups: most quantities did not change, a few did, with log effects of standard deviation `slab`. Unlike
/// `1 - p` it never over-promised in simulation. Source: `spec/statistics.md` section 4 (a) 10 and appendix (E8).
package struct PosteriorConfidence: Sendable, Hashable {
    /// Share of quantities that change, before looking.
    package var prior = 0.05
    /// Standard deviation of true log effects.
    package var slab = log(1.3)
    /// Log effect from which a change is practical.
    package var practicalEffect = log(1.03)

    package init() {}

    /// 0...1; 0 for an effect that is no slowdown.
    ///
    /// - Parameters:
    ///   - p: one-sided p-value of a slowdown.
    ///   - standardError: of the log effect, above 0.
    /// - Returns: the posterior, before any cap.
    package func value(p: Double, standardError: Double) -> Double {
        guard standardError > 0, p < 0.5 else { return 0 }
        // A p-value of 0 is an underflow of one that is only very small.
        let effect = NormalDistribution.upperQuantile(max(p, 1e-300)) * standardError
        let error = standardError * standardError
        let spread = slab * slab
        // On log scale, because the density under "no change" underflows for a clear effect.
        let total = error + spread
        let logFactor = 0.5 * log(error / total) + 0.5 * effect * effect * spread / (error * total)
        let changed = 1 / (1 + exp(-(log(prior / (1 - prior)) + logFactor)))
        let mean = effect * spread / total
        let deviation = (spread * error / total).squareRoot()
        return changed * NormalDistribution.upperTail((practicalEffect - mean) / deviation)
    }

    /// The most that may be claimed from `runs` baseline runs: 0.5 below 3, 0.8 below 5, else 1.
    package static func cap(baselineRuns runs: Int) -> Double {
        runs < 3 ? 0.5 : runs < 5 ? 0.8 : 1
    }
}
