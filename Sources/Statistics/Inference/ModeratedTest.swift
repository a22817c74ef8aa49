/// A predictive t-test of new runs against earlier ones, with a variance that borrows from other quantities.
///
/// Source: `spec/statistics.md` section 4 (a) 2-4 after Smyth 2004.
package struct ModeratedTest: Sendable, Hashable {
    /// Change in standard errors.
    package let statistic: Double
    package let freedom: Double
    package let standardError: Double

    /// - Parameters:
    ///   - change: mean of the new runs minus mean of the baseline runs, on log scale.
    ///   - variance: pooled within both groups, on `runs + baselines - 2` degrees of freedom.
    ///   - runs: how many new runs, at least 1.
    ///   - baselines: how many earlier runs, at least 1.
    ///   - prior: what all quantities together say about the variance.
    ///   - samplingVariance: of the change, from the finite numbers of requests; the standard error is never below it.
    package init(
        change: Double,
        variance: Double,
        runs: Int,
        baselines: Int,
        prior: ModeratedVariance,
        samplingVariance: Double = 0
    ) {
        let moderated = prior.posterior(variance: variance, freedom: Double(runs + baselines - 2))
        let between = moderated.variance * (1 / Double(runs) + 1 / Double(baselines))
        standardError = max(between, samplingVariance).squareRoot()
        freedom = moderated.freedom
        statistic = standardError > 0 ? change / standardError : change == 0 ? 0 : change > 0 ? .infinity : -.infinity
    }

    /// One-sided p-values.
    package var pGreater: Double { StudentDistribution(freedom: freedom).upperTail(statistic) }
    package var pLess: Double { StudentDistribution(freedom: freedom).upperTail(-statistic) }
}
