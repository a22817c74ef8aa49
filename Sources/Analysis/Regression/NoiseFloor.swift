import Statistics

/// Learns from all quantities of a comparison how much a quiet one moves between runs.
struct NoiseFloor {
    /// What the quantities with one number of runs have learnt together.
    struct Level {
        let prior: ModeratedVariance
        /// Student's t at 0.975, on the degrees of freedom that a test against this level has.
        let intervalQuantile: Double

        init(prior: ModeratedVariance, freedom: Int) {
            self.prior = prior
            let total = prior.posterior(variance: 0, freedom: Double(freedom)).freedom
            intervalQuantile = StudentDistribution(freedom: total).quantile(0.975)
        }
    }

    /// By degrees of freedom: variances of different freedom do not pool.
    private var variances: [Int: [Double]] = [:]
    private var levels: [Int: Level] = [:]
    private let settings: ComparisonSettings

    init(settings: ComparisonSettings) {
        self.settings = settings
    }

    /// Only before the first `level(for:)`.
    mutating func add(_ series: RunSeries) {
        guard series.freedom > 0 else { return }
        variances[series.freedom, default: []].append(series.variance)
    }

    /// Smyth's fit where there are enough quantities, else the assumed floor.
    mutating func level(for series: RunSeries) -> Level {
        if let known = levels[series.freedom] { return known }
        let level = Level(prior: prior(freedom: series.freedom), freedom: series.freedom)
        levels[series.freedom] = level
        return level
    }

    private func prior(freedom: Int) -> ModeratedVariance {
        let known = (variances[freedom] ?? []).filter { $0 > 0 }
        if known.count >= settings.minimumPooled,
            let fit = ModeratedVariance.fit(variances: known, freedom: Double(freedom))
        {
            return fit
        }
        let deviation = settings.priorDeviation
        return ModeratedVariance(priorFreedom: settings.priorFreedom, priorVariance: deviation * deviation)
    }
}
