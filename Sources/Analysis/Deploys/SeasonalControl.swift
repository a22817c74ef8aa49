import Correlation
import Statistics
import Telemetry

/// What the same hours of earlier days make one expect: the daily and the weekly rhythm of a system.
///
/// Differences in differences (`spec/statistics.md` section 4 b): by how much a quantity changed between the same two
/// stretches of time a day and a week ago. Only what stands out of its own noise is expected, so that a system without a
/// rhythm is not made noisier by its past.
struct SeasonalControl {
    /// By how much a quantity changes between two stretches without any deploy.
    struct Expectation {
        var change = 0.0
        /// Of the change: what bins say, and that no day is quite like another.
        var variance = 0.0
    }

    /// Bins back to each day that is compared.
    let lags: [Int]

    init(
        _ timeline: CheckTimeline,
        sides: CheckSides,
        deploy: DeployMarker,
        others: [DeployMarker],
        settings: DeployCheckSettings
    ) {
        guard !settings.isQuick else {
            lags = []
            return
        }
        let compared = sides.before.lowerBound..<sides.after.upperBound
        let own = others.filter { $0.service == deploy.service && $0.at >= timeline.origin }
            .map { Int(($0.at - timeline.origin) / timeline.binLength) }
        lags = settings.seasonLags.map { Int($0 / timeline.binLength) }.filter { lag in
            func filled(_ bins: Range<Int>) -> Int { bins.count { $0 >= lag && sides.requests[$0 - lag] > 0 } }
            // What another version changed on that day is no rhythm.
            return !own.contains { compared.contains($0 + lag) }
                && min(filled(sides.before), filled(sides.after)) >= settings.minimumBins
        }
    }

    /// Of a series, between two stretches of which at least half was recorded on the earlier days.
    func expectation(of series: SignalSeries, from early: Range<Int>, to late: Range<Int>) -> Expectation {
        var (sum, variance, days) = (0.0, 0.0, 0.0)
        for lag in lags where early.lowerBound >= lag {
            let (early, late) = (early.moved(by: -lag), late.moved(by: -lag))
            guard series.filled(early) * 2 > early.count, series.filled(late) * 2 > late.count else { continue }
            let (before, after) = (series.ratio(early), series.ratio(late))
            guard (before.variance + after.variance).isFinite else { continue }
            sum += after.value - before.value
            variance += before.variance + after.variance
            days += 1
        }
        guard days > 0, sum != 0 else { return Expectation() }
        let (change, noise) = (sum / days, variance / days / days)
        // The positive part of James and Stein's estimator.
        let share = max(0, 1 - SeasonalControl.noise * noise / (change * change))
        let doubt = SeasonalControl.difference * share * change
        return Expectation(
            change: share * change,
            variance: share * share * noise + doubt * doubt * (1 + 1 / days)
        )
    }

    /// Variances of its noise that a change needs to be taken for a rhythm.
    private static let noise = 3.0
    /// By how much of itself a day's rise differs from the usual one.
    private static let difference = 0.25
}
extension Range<Int> {
    fileprivate func moved(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}
