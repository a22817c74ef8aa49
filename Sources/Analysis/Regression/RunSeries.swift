import Glibc
import Statistics

/// One quantity on log scale: the current run, and each baseline run.
struct RunSeries {
    /// A run's value, and the variance it has from the run's finite number of requests alone.
    struct Point {
        var value: Double
        var samplingVariance: Double
    }

    var current: Point
    var baselines: [Point]

    /// Between-run variance, on `baselines.count - 1` degrees of freedom; 0 for a single run.
    var variance: Double {
        guard baselines.count > 1 else { return 0 }
        let squares = baselines.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
        return squares / Double(baselines.count - 1)
    }

    var mean: Double { baselines.reduce(0) { $0 + $1.value } / Double(baselines.count) }

    /// The predictive t-test of one new run against the earlier ones (`spec/statistics.md` section 4 a, 2-4).
    ///
    /// The standard error never falls below what the numbers of requests alone give.
    func test(prior: ModeratedVariance) -> SeriesTest {
        let count = Double(baselines.count)
        let moderated = prior.posterior(variance: variance, freedom: count - 1)
        let sampling = baselines.reduce(0) { $0 + $1.samplingVariance } / count
        let between = moderated.variance * (1 + 1 / count)
        let within = current.samplingVariance + sampling / count
        return SeriesTest(
            change: current.value - mean,
            standardError: max(between, within).squareRoot(),
            freedom: moderated.freedom
        )
    }
}

/// A log change with its uncertainty.
struct SeriesTest {
    let change: Double
    let standardError: Double
    let pSlower: Double
    let pFaster: Double
    /// Half width of the 95 % interval of `change`.
    let margin: Double

    init(change: Double, standardError: Double, freedom: Double) {
        self.change = change
        // Identical histograms give no variance at all; nothing is known better than a part in a thousand.
        self.standardError = max(standardError, 1e-3)
        let distribution = StudentDistribution(freedom: freedom)
        pSlower = distribution.upperTail(change / self.standardError)
        pFaster = distribution.upperTail(-change / self.standardError)
        margin = distribution.quantile(0.975) * self.standardError
    }
}
