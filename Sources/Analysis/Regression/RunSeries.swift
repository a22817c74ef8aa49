import Glibc
import Statistics

/// One quantity on log scale: the runs that are asked about, usually one, and the baseline runs.
struct RunSeries {
    /// A run's value, and the variance it has from the run's finite number of requests alone.
    struct Point {
        var value: Double
        var samplingVariance: Double
    }

    var current: [Point]
    var baselines: [Point]

    /// Neither list may be empty.
    init(current: [Point], baselines: [Point]) {
        self.current = current
        self.baselines = baselines
    }

    init(current: Point, baselines: [Point]) {
        self.init(current: [current], baselines: baselines)
    }

    /// Degrees of freedom of `variance`; 0 for one run against one.
    var freedom: Int { current.count + baselines.count - 2 }

    /// Between runs, pooled within both sides; 0 where there is no freedom.
    var variance: Double {
        guard freedom > 0 else { return 0 }
        return (RunSeries.squares(current) + RunSeries.squares(baselines)) / Double(freedom)
    }

    /// Of one run, on average, from the finite numbers of requests alone.
    var samplingVariance: Double {
        let sum = (current + baselines).reduce(0) { $0 + $1.samplingVariance }
        return sum / Double(current.count + baselines.count)
    }

    /// Of the baseline runs.
    var mean: Double { RunSeries.mean(baselines) }

    /// The predictive t-test of new runs against the earlier ones (`spec/statistics.md` section 4 a, 2-4).
    ///
    /// The standard error never falls below what the numbers of requests alone give.
    func test(floor: NoiseFloor.Level) -> SeriesTest {
        let tested = ModeratedTest(
            change: RunSeries.mean(current) - mean,
            variance: variance,
            runs: current.count,
            baselines: baselines.count,
            prior: floor.prior(samplingVariance: samplingVariance),
            samplingVariance: RunSeries.samplingVariance(current) + RunSeries.samplingVariance(baselines)
        )
        return SeriesTest(
            change: RunSeries.mean(current) - mean,
            standardError: tested.standardError,
            freedom: tested.freedom,
            intervalQuantile: floor.intervalQuantile
        )
    }

    private static func mean(_ points: [Point]) -> Double {
        points.reduce(0) { $0 + $1.value } / Double(points.count)
    }

    private static func squares(_ points: [Point]) -> Double {
        let mean = mean(points)
        return points.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
    }

    /// Of the mean of the points.
    private static func samplingVariance(_ points: [Point]) -> Double {
        let count = Double(points.count)
        return points.reduce(0) { $0 + $1.samplingVariance } / (count * count)
    }
}
