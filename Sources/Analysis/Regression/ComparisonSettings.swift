/// The thresholds of a comparison with a baseline (`spec/statistics.md` section 4 a, `spec/analysis.md` section 5.0).
package struct ComparisonSettings: Sendable, Hashable {
    /// Of the Benjamini-Hochberg procedure over the whole comparison.
    package var falseDiscoveryRate = 0.05
    /// Least ratio that matters in practice, of the p95 and of the location.
    package var tailRatio = 1.10
    package var locationRatio = 1.05
    /// Least change that matters, whatever the ratio.
    package var floorMilliseconds = 1.0
    /// The same as a share of the endpoint: of its p50 for the latency, of its mean for a path.
    package var floorShare = 0.02
    /// Least change of a path as a share of what it took before.
    package var pathShare = 0.10
    /// Complete traces needed on either side.
    package var minimumTraces = 30
    /// Largest difference of coverage, 0...1.
    package var coverageTolerance = 0.10
    /// Largest difference between the scheduled rate and the baseline's, as a share of the baseline's.
    ///
    /// The scheduled rate and not the achieved one: a target that has become slow answers fewer requests, and that
    /// is the regression to be found.
    package var rateTolerance = 0.20
    /// Share of failed requests from which latencies mean nothing.
    package var maximumErrorRate = 0.5
    /// Below this many quantities the noise floor is not learnt but assumed: `priorFreedom`, `priorDeviation`.
    package var minimumPooled = 20
    package var priorFreedom = 4.0
    /// Between-run standard deviation on log scale.
    package var priorDeviation = 0.05
    /// Records needed for a two-sided 95 % interval of the p95 to be finite (`spec/statistics.md` section 3.2).
    package var minimumTailRecords: UInt64 = 72
    /// Posterior below which a significant change is still called inconclusive.
    package var minimumConfidence = 0.5

    package init() {}
}
