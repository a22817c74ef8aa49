import Glibc
import Statistics

/// Whether one quantity became larger over a deploy: the change, its standard error, and what chance makes of it.
struct CheckTest {
    /// In the quantity's own unit.
    let change: Double
    /// Before it was calibrated.
    let z: Double
    let standardError: Double
    /// By how much the standard error is too small, as earlier pairs or the bins themselves tell; at least 1.
    private(set) var scale: Double
    private(set) var freedom: Double

    /// Of one series, before against after, calibrated by earlier pairs.
    init(_ series: SignalSeries, sides: CheckSides) {
        let (before, after) = (series.ratio(sides.before), series.ratio(sides.after))
        self.init(
            change: after.value - before.value,
            variance: before.variance + after.variance,
            bins: min(series.filled(sides.before), series.filled(sides.after))
        )
        let history = sides.placebos.compactMap { pair -> Double? in
            let (early, late) = (series.ratio(pair.before), series.ratio(pair.after))
            // A pair of which half is missing says nothing.
            guard series.filled(pair.before) * 2 > pair.before.count, series.filled(pair.after) * 2 > pair.after.count
            else { return nil }
            let variance = early.variance + late.variance
            return variance > 0 && variance.isFinite ? (late.value - early.value) / variance.squareRoot() : nil
        }
        if let calibration = PlaceboCalibration(history: history) {
            scale = calibration.scale
            freedom = min(freedom, Double(calibration.pairs - 1))
        } else {
            scale = CheckTest.inflation([before.influence, after.influence])
        }
    }

    /// Of two series over the same bins: what moves both at once cancels before the variance is taken.
    init(_ new: SignalSeries, against old: SignalSeries, bins: Range<Int>) {
        let (left, right) = (new.ratio(bins), old.ratio(bins))
        let difference = zip(left.influence, right.influence).map { $0 - $1 }
        self.init(
            change: left.value - right.value,
            variance: BinnedRatio.variance(of: difference),
            bins: (min(new.filled(bins), old.filled(bins)) + 2) / 2
        )
        scale = CheckTest.inflation([difference])
    }

    private init(change: Double, variance: Double, bins: Int) {
        self.change = change
        standardError = variance.isFinite ? variance.squareRoot() : .infinity
        z = standardError > 0 && standardError.isFinite ? change / standardError : 0
        scale = 1
        freedom = Double(max(1, 2 * bins - 2))
    }

    /// A test whose statistic is known already.
    init(change: Double, z: Double, freedom: Double) {
        self.change = change
        self.z = z
        standardError = z == 0 ? .infinity : abs(change / z)
        scale = 1
        self.freedom = freedom
    }

    /// The change in calibrated standard errors.
    var statistic: Double { z / scale }
    /// One-sided: that chance alone gives as much of an increase, or of a decrease.
    var pGreater: Double { StudentDistribution(freedom: freedom).upperTail(statistic) }
    var pLess: Double { StudentDistribution(freedom: freedom).upperTail(-statistic) }

    /// 95 % interval of the change.
    var interval: ClosedRange<Double> {
        let reach = StudentDistribution(freedom: freedom).quantile(0.975) * standardError * scale
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
