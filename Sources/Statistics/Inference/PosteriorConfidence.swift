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
        let effect = PosteriorConfidence.effect(p, standardError)
        let error = standardError * standardError
        let spread = slab * slab
        let total = error + spread
        let factor = logFactor(p: p, standardError: standardError)
        let changed = 1 / (1 + exp(-(log(prior / (1 - prior)) + factor)))
        let mean = effect * spread / total
        let deviation = (spread * error / total).squareRoot()
        return changed * NormalDistribution.upperTail((practicalEffect - mean) / deviation)
    }

    /// Logarithm of how much likelier the p-value is among what has changed: the density under "no change" underflows.
    private func logFactor(p: Double, standardError: Double) -> Double {
        let effect = PosteriorConfidence.effect(p, standardError)
        let error = standardError * standardError
        let spread = slab * slab
        return 0.5 * log(error / (error + spread)) + 0.5 * effect * effect * spread / (error * (error + spread))
    }

    // A p-value of 0 is an underflow of one that is only very small.
    private static func effect(_ p: Double, _ standardError: Double) -> Double {
        NormalDistribution.upperQuantile(min(max(p, 1e-300), 1 - 1e-15)) * standardError
    }

    /// With a prior that many quantities together tell, where there are enough of them; else the assumed one.
    ///
    /// The share of changed quantities is found by expectation and maximisation of the two groups' likelihood. What is
    /// assumed counts as `assumedWeight` quantities, so that a comparison in which nothing moves does not talk itself out
    /// of a single slow one. Source: `spec/statistics.md` section 4 (a) 10; Dempster, Laird and Rubin 1977.
    package static func fitted(to quantities: [(p: Double, standardError: Double)]) -> PosteriorConfidence {
        var fitted = PosteriorConfidence()
        guard quantities.count >= minimumFitted else { return fitted }
        let assumed = fitted.prior
        let factors = quantities.compactMap { quantity -> Double? in
            guard quantity.standardError > 0 else { return nil }
            return fitted.logFactor(p: quantity.p, standardError: quantity.standardError)
        }
        guard !factors.isEmpty else { return fitted }
        for _ in 0..<iterations {
            let odds = log(fitted.prior / (1 - fitted.prior))
            let changed = factors.reduce(0) { $0 + 1 / (1 + exp(-(odds + $1))) }
            let share = (changed + assumedWeight * assumed) / (Double(factors.count) + assumedWeight)
            let prior = min(0.5, max(0.01, share))
            let step = abs(prior - fitted.prior)
            fitted.prior = prior
            if step < 1e-4 { break }
        }
        return fitted
    }

    private static let minimumFitted = 50
    private static let assumedWeight = 50.0
    private static let iterations = 50

    /// The most that may be claimed from `runs` baseline runs: 0.5 below 3, 0.8 below 5, else 1.
    package static func cap(baselineRuns runs: Int) -> Double {
        runs < 3 ? 0.5 : runs < 5 ? 0.8 : 1
    }
}
