import Foundation
import Statistics

@testable import Analysis

/// Comparisons of 200 operations by what their runs come to, not request by request: thousands of runs in a second.
///
/// A run's location is normal about its expectation, its p95 and the two quantiles beside it are order statistics of
/// the shape (gaps between uniform order statistics are gamma variables). The rest is the product's own: noise floor,
/// moderated tests, Simes, Benjamini and Hochberg, gates, confidence.
struct SummarySimulation {
    static let count = 200

    var shape = LogShape.logNormal
    var requests = 500
    /// Standard deviation of log latency between runs; each operation has its own around it.
    var runDeviation = 0.02
    /// Correlation of the load from one second to the next; that load moves log latency by `loadDeviation`.
    var correlation = 0.0
    var loadDeviation = 0.05
    var baselines = 10
    /// Runs that are asked about.
    var runs = 1
    /// Whether the p95 is tested beside the location.
    var hasTail = true
    /// By operation: log change of all requests, and of the tail alone.
    var effect: @Sendable (Int) -> Double = { _ in 0 }
    var tailEffect: @Sendable (Int) -> Double = { _ in 0 }

    private static let requestsPerSecond = 5.0
    private static let location = log(50e6)

    /// One comparison: what is concluded about each operation.
    func comparison(seed: UInt64) -> [ChangeEstimate] {
        var noise = Noise(seed: seed &* 0x2545_F491_4F6C_DD1D &+ 1)
        var drafts = (0..<SummarySimulation.count).map { draft(of: $0, &noise) }
        drafts.test(settings: ComparisonSettings())
        return drafts.compactMap { $0.estimate }
    }

    /// Variance of the mean over a run of an AR(1) load with unit marginal variance.
    private var meanLoadVariance: Double {
        let seconds = max(1, (Double(requests) / SummarySimulation.requestsPerSecond).rounded())
        let rho = correlation
        // Sum of ρ^|i - j| over all pairs of seconds, over their number.
        let sum = seconds * (1 + rho) / (1 - rho) - 2 * rho * (1 - pow(rho, seconds)) / ((1 - rho) * (1 - rho))
        return sum / (seconds * seconds)
    }

    private func draft(of operation: Int, _ noise: inout Noise) -> SummaryDraft {
        let deviation = 0.4 + 0.6 * noise.uniform()
        let own = runDeviation * exp(0.5 * noise.normal())
        let between = (own * own + loadDeviation * loadDeviation * meanLoadVariance).squareRoot()
        var location: (current: [RunSeries.Point], baselines: [RunSeries.Point]) = ([], [])
        var tail = location
        for run in 0..<(baselines + runs) {
            let isCurrent = run >= baselines
            let shift = between * noise.normal() + (isCurrent ? effect(operation) : 0)
            let points = points(deviation: deviation, shift: shift, &noise)
            if isCurrent {
                location.current.append(points.location)
                tail.current.append(points.tail.raised(by: tailEffect(operation)))
            } else {
                location.baselines.append(points.location)
                tail.baselines.append(points.tail)
            }
        }
        let series = EndpointSeries(
            location: RunSeries(current: location.current, baselines: location.baselines),
            tail: hasTail ? RunSeries(current: tail.current, baselines: tail.baselines) : nil,
            mean: nil
        )
        return SummaryDraft(series, baselines: baselines)
    }

    private func points(
        deviation: Double,
        shift: Double,
        _ noise: inout Noise
    ) -> (location: RunSeries.Point, tail: RunSeries.Point) {
        let count = Double(requests)
        let error = deviation * (shape.trimmedVariance / count).squareRoot()
        // What a run takes for its own standard deviation is an estimate as well.
        let estimated = deviation * (1 + ((shape.kurtosis - 1) / (4 * count)).squareRoot() * noise.normal())
        let bucket = log1p(1.0 / 1_024)
        let bucketVariance = bucket * bucket / 12
        let value = SummarySimulation.location + shift + deviation * shape.trimmedMean + error * noise.normal()
        let location = RunSeries.Point(value: value, samplingVariance: estimated * estimated / count + bucketVariance)

        let step = (0.95 * 0.05 / count).squareRoot()
        func rank(_ quantile: Double) -> Double { min(count, max(1, (quantile * count).rounded(.up))) }
        let (low, middle, high) = (rank(0.95 - step), rank(0.95), rank(0.95 + step))
        let above = noise.gamma(count + 1 - high)
        let upper = noise.gamma(high - middle)
        let lower = noise.gamma(middle - low)
        let total = noise.gamma(low) + lower + upper + above
        func log95(_ tail: Double) -> Double {
            SummarySimulation.location + shift + deviation * shape.quantile(above: tail / total)
        }
        let width = (log95(above) - log95(above + upper + lower)) / 2
        let tail = RunSeries.Point(
            value: log95(above + upper),
            samplingVariance: width * width + bucketVariance
        )
        return (location, tail)
    }
}

/// One operation of a simulated comparison, between measuring and deciding.
private struct SummaryDraft: HypothesisSource {
    private let series: EndpointSeries
    private let baselines: Int
    private var change: LatencyChange?

    init(_ series: EndpointSeries, baselines: Int) {
        self.series = series
        self.baselines = baselines
    }

    var estimate: ChangeEstimate? { change?.estimate(settings: ComparisonSettings()) }

    func contribute(to floors: inout NoiseFloors) {
        if let location = series.location { floors.location.add(location) }
        if let tail = series.tail { floors.tail.add(tail) }
    }

    mutating func hypotheses(floors: inout NoiseFloors) -> [Hypothesis] {
        let after = series.tail.map { $0.current.reduce(0) { $0 + $1.value } / Double($0.current.count) } ?? 0
        let levels = LatencyLevels(
            p50Before: exp(series.location?.mean ?? 0) / 1e6,
            p95Before: exp(series.tail?.mean ?? 0) / 1e6,
            p95After: exp(after) / 1e6
        )
        change = LatencyChange(series, levels: levels, baselineRuns: baselines, floors: &floors)
        return [change?.hypothesis].compactMap { $0 }
    }

    mutating func accept(_ hypotheses: some Sequence<Hypothesis>) {
        var next = hypotheses.makeIterator()
        change?.hypothesis = next.next()
    }
}

extension RunSeries.Point {
    fileprivate func raised(by change: Double) -> RunSeries.Point {
        RunSeries.Point(value: value + change, samplingVariance: samplingVariance)
    }
}
