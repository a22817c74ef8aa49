import Statistics

/// Learns from all quantities of a comparison how much a quiet one moves between runs.
struct NoiseFloor {
    /// By number of baseline runs, since variances of different freedom do not pool.
    private var variances: [Int: [Double]] = [:]
    private let settings: ComparisonSettings

    init(settings: ComparisonSettings) {
        self.settings = settings
    }

    mutating func add(_ series: RunSeries) {
        guard series.baselines.count > 1 else { return }
        variances[series.baselines.count, default: []].append(series.variance)
    }

    /// Smyth's fit where there are enough quantities, else the assumed floor.
    func prior(baselineRuns: Int) -> ModeratedVariance {
        let known = (variances[baselineRuns] ?? []).filter { $0 > 0 }
        if known.count >= settings.minimumPooled,
            let fit = ModeratedVariance.fit(variances: known, freedom: Double(baselineRuns - 1))
        {
            return fit
        }
        let deviation = settings.priorDeviation
        return ModeratedVariance(priorFreedom: settings.priorFreedom, priorVariance: deviation * deviation)
    }
}
