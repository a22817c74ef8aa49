import Glibc
import Statistics

/// Whether one quantity became larger over a deploy: the change, its standard error, and what chance makes of it.
struct CheckTest {
    /// In the quantity's own unit, without what was expected.
    let change: Double
    /// What the same hours of earlier days changed by.
    private(set) var expected = 0.0
    /// From how much bins differ: the larger of now and of the earlier pairs, so a single spike convinces nobody.
    private let variance: Double
    /// By how much the earlier pairs varied more than their bins promise, as a ratio of variances; `nil` uncalibrated.
    private(set) var excess: Double?
    /// Earlier pairs.
    let pairs: Int
    private(set) var freedom: Double
    private var scale = 1.0

    /// Of one series, before against after, calibrated by earlier pairs.
    ///
    /// Source: `spec/statistics.md` section 3.5 (E3b), on variances and not on their roots, so that operations can learn
    /// from one another how far to trust bins (`moderate`).
    init(_ series: SignalSeries, sides: CheckSides, season: SeasonalControl) {
        let (before, after) = (series.ratio(sides.before), series.ratio(sides.after))
        let today = season.expectation(of: series, from: sides.before, to: sides.after)
        let now = before.variance + after.variance
        var (squares, variances, expectations, pairs) = (0.0, 0.0, 0.0, 0)
        for pair in sides.placebos {
            // A pair of which half is missing says nothing.
            guard series.filled(pair.before) * 2 > pair.before.count, series.filled(pair.after) * 2 > pair.after.count
            else { continue }
            let (early, late) = (series.ratio(pair.before), series.ratio(pair.after))
            let variance = early.variance + late.variance
            guard variance.isFinite else { continue }
            let usual = season.expectation(of: series, from: pair.before, to: pair.after)
            let change = late.value - early.value - usual.change
            squares += change * change
            expectations += usual.variance
            variances += variance
            pairs += 1
        }
        expected = today.change
        change = after.value - before.value - today.change
        self.pairs = pairs
        let bins = min(series.filled(sides.before), series.filled(sides.after))
        freedom = Double(max(1, 2 * bins - 2))
        if pairs >= PlaceboCalibration.minimumPairs, variances > 0 {
            variance = max(now, variances / Double(pairs)) + today.variance
            excess = squares / (variances + expectations)
            scale = max(1, squares / (variances + expectations)).squareRoot()
            freedom = min(freedom, Double(pairs - 1))
        } else {
            variance = now + today.variance
            scale = CheckTest.inflation([before.influence, after.influence])
        }
    }

    /// Of two series over the same bins: what moves both at once cancels before the variance is taken.
    init(_ new: SignalSeries, against old: SignalSeries, bins: Range<Int>) {
        let (left, right) = (new.ratio(bins), old.ratio(bins))
        let difference = zip(left.influence, right.influence).map { $0 - $1 }
        change = left.value - right.value
        variance = BinnedRatio.variance(of: difference)
        pairs = 0
        freedom = Double(max(1, min(new.filled(bins), old.filled(bins)) - 1))
        scale = CheckTest.inflation([difference])
    }

    /// Lets what all operations say of the excess temper what one says of its own.
    mutating func moderate(by prior: ModeratedVariance) {
        guard let excess else { return }
        let posterior = prior.posterior(variance: excess, freedom: Double(pairs - 1))
        scale = max(1, posterior.variance).squareRoot()
        freedom = posterior.freedom
    }

    /// What several tests of one kind say of their excess together; `nil` with too few of them.
    static func prior(_ tests: [CheckTest]) -> ModeratedVariance? {
        let known = tests.filter { $0.excess != nil }
        guard known.count >= leastPooled, let pairs = known.map(\.pairs).min() else { return nil }
        let freedom = Double(pairs - 1)
        guard
            let fit = ModeratedVariance.fit(variances: known.compactMap(\.excess), freedom: freedom)
        else { return nil }
        // Operations of one system are not independent, so together they know less than the sum of what each knows.
        return ModeratedVariance(
            priorFreedom: min(fit.priorFreedom, freedom * Double(known.count - 1) / 2),
            priorVariance: fit.priorVariance
        )
    }

    private static let leastPooled = 4

    /// Calibrated.
    var standardError: Double { variance.isFinite ? variance.squareRoot() * scale : .infinity }
    /// The change in standard errors.
    var statistic: Double { standardError > 0 && standardError.isFinite ? change / standardError : 0 }
    /// One-sided: that chance alone gives as much of an increase.
    var pGreater: Double { StudentDistribution(freedom: freedom).upperTail(statistic) }

    /// 95 % interval of the change.
    var interval: ClosedRange<Double> {
        let reach = StudentDistribution(freedom: freedom).quantile(0.975) * standardError
        return reach.isFinite ? change - reach...change + reach : -.infinity ... .infinity
    }

    // Without a history, the bins themselves tell how much they follow one another: √((1 + ρ)/(1 - ρ)).
    private static func inflation(_ sides: [[Double]]) -> Double {
        let lengths = sides.reduce(0) { $0 + Double($1.count) }
        guard lengths > 0 else { return 1 }
        let memory = sides.reduce(0) { $0 + Autocorrelation.firstUnbiased($1) * Double($1.count) } / lengths
        let clipped = min(max(memory, 0), 0.8)
        return ((1 + clipped) / (1 - clipped)).squareRoot()
    }
}
