import Correlation
import Statistics
import Telemetry

/// What moved everything, deploy or not, by bin of time: how operations of services that were not deployed fared.
///
/// A control variate: each tested quantity is corrected by as much of it as its own history says, so a control that has
/// nothing to do with it takes nothing away.
struct CheckControl {
    /// Log change of the controls in each bin, about 0 before the deploy; `nil` without a control.
    let index: [Double]?
    /// Services that it is made of.
    let services: [String]

    init(
        _ timeline: CheckTimeline,
        sides: CheckSides,
        tested: Set<Int>,
        excluded: Set<String>,
        bins: Range<Int>,
        settings: DeployCheckSettings
    ) {
        guard sides.history.count >= settings.minimumControlBins else {
            (index, services) = (nil, [])
            return
        }
        var sums = [Double](repeating: 0, count: timeline.binCount)
        var weights = sums
        var services: Set<String> = []
        for operation in timeline.operations.indices {
            let key = timeline.operations[operation]
            guard !tested.contains(operation), !excluded.contains(key.service) else { continue }
            let series = timeline.location(operation, in: bins)
            guard series.filled(sides.before) >= settings.minimumBins,
                series.filled(sides.after) >= settings.minimumBins,
                sides.history.count(where: { series.counts[$0] > 0 }) * 10 >= sides.history.count * 8
            else { continue }
            // By its own level and steadiness, or a change of the mix would look like a change of speed.
            let filled = sides.history.filter { series.counts[$0] > 0 }
            let values = filled.map { series.sums[$0] / series.counts[$0] }
            let level = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - level) * ($1 - level) } / Double(values.count)
            guard variance > 0 else { continue }
            services.insert(key.service)
            for bin in bins where series.counts[bin] > 0 {
                sums[bin] += (series.sums[bin] / series.counts[bin] - level) / variance
                weights[bin] += 1 / variance
            }
        }
        self.services = services.sorted()
        index = services.isEmpty ? nil : zip(sums, weights).map { $1 > 0 ? $0 / $1 : 0 }
    }

    /// A series less what the control explains of it.
    func adjusted(_ series: SignalSeries, sides: CheckSides) -> SignalSeries {
        guard let index else { return series }
        let weight = series.slope(over: index, bins: sides.history)
        return series.adjusted(by: index, weight: weight)
    }

    /// Log change of the controls themselves over the deploy.
    func change(_ sides: CheckSides) -> Double {
        guard let index else { return 0 }
        func mean(_ bins: Range<Int>) -> Double { index[bins].reduce(0, +) / Double(max(1, bins.count)) }
        return mean(sides.after) - mean(sides.before)
    }
}
