import Glibc
import Statistics

/// Learns from all quantities of a comparison how much a quiet one moves between runs.
///
/// A quantity of few or widely scattered requests moves more than others, by an amount that is known: its sampling
/// variance. Only what moves beyond that is learnt together, so that a quiet quantity is not judged by noisy ones, and the
/// reverse. That is Smyth's fit with a trend (`limma`'s `trend`; Law et al. 2014), the trend being the sampling variance.
struct NoiseFloor {
    /// What the quantities with one number of runs have learnt together.
    struct Level {
        /// Student's t at 0.975, on the degrees of freedom that a test against this level has.
        let intervalQuantile: Double
        /// Variance between runs that no number of requests would take away.
        private let excess: Double
        /// Of a quantity's variance in units of what is expected of it.
        private let ratio: ModeratedVariance?
        private let assumed: ModeratedVariance

        fileprivate init(_ seen: [Seen], freedom: Int, settings: ComparisonSettings) {
            let deviation = settings.priorDeviation
            assumed = ModeratedVariance(priorFreedom: settings.priorFreedom, priorVariance: deviation * deviation)
            let known = seen.filter { $0.variance > 0 }
            if known.count >= settings.minimumPooled {
                // Wilson and Hilferty's median of a chi-square over its degrees of freedom.
                let shrink = pow(1 - 2 / (9 * Double(freedom)), 3)
                let excess = max(0, RobustScale.median(known.map { $0.variance / shrink - $0.sampling }) ?? 0)
                self.excess = excess
                ratio = ModeratedVariance.fit(
                    variances: known.map { $0.variance / Level.expected($0.sampling, excess: excess) },
                    freedom: Double(freedom)
                )
            } else {
                excess = 0
                ratio = nil
            }
            let total = (ratio ?? assumed).posterior(variance: 0, freedom: Double(freedom)).freedom
            intervalQuantile = StudentDistribution(freedom: total).quantile(0.975)
        }

        /// What is known of the variance of one quantity before its own runs are looked at.
        func prior(samplingVariance: Double) -> ModeratedVariance {
            guard let ratio else { return assumed }
            return ModeratedVariance(
                priorFreedom: ratio.priorFreedom,
                priorVariance: ratio.priorVariance * Level.expected(samplingVariance, excess: excess)
            )
        }

        // Nothing is expected to move less than a part in a thousand.
        private static func expected(_ sampling: Double, excess: Double) -> Double { max(1e-6, sampling + excess) }
    }

    fileprivate struct Seen {
        var variance: Double
        var sampling: Double
    }

    /// By degrees of freedom: variances of different freedom do not pool.
    private var seen: [Int: [Seen]] = [:]
    private var levels: [Int: Level] = [:]
    private let settings: ComparisonSettings

    init(settings: ComparisonSettings) {
        self.settings = settings
    }

    /// Only before the first `level(for:)`.
    mutating func add(_ series: RunSeries) {
        guard series.freedom > 0 else { return }
        seen[series.freedom, default: []].append(
            Seen(variance: series.variance, sampling: series.samplingVariance)
        )
    }

    /// Smyth's fit where there are enough quantities, else the assumed floor.
    mutating func level(for series: RunSeries) -> Level {
        if let known = levels[series.freedom] { return known }
        let level = Level(seen[series.freedom] ?? [], freedom: series.freedom, settings: settings)
        levels[series.freedom] = level
        return level
    }
}
