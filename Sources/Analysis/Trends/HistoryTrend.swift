import Glibc
import Statistics

/// What the history of a test says: steps, and a drift that no single run shows.
///
/// p95 on log scale. A new machine begins a new regime whatever the numbers say; within a machine, steps are rank-based
/// change points against autocorrelated noise, and a drift is a robust slope over the newest regime. Where a straight line
/// explains a regime better than its steps do, it is a drift and no staircase. Source: `spec/statistics.md` section 4 (c).
package struct HistoryTrend: Sendable, Hashable {
    package enum Cause: String, Sendable, Hashable {
        case change, environment
    }

    /// The first run of a new regime.
    package struct Step: Sendable, Hashable {
        /// Into `RunHistory.entries`.
        package var index: Int
        package var cause: Cause
        /// Median p95 of the regimes on either side, milliseconds.
        package var before: Double
        package var after: Double
        /// 0...1.
        package var confidence: Double
    }

    /// A slope over the newest regime.
    package struct Drift: Sendable, Hashable {
        /// First run of the stretch, into `RunHistory.entries`, and how many runs it has.
        package var index: Int
        package var runs: Int
        /// Growth of the p95 a run, as a share, with its 95 % interval.
        package var perRun: Double
        package var perRunLow: Double
        package var perRunHigh: Double
        /// Growth over the whole stretch by the slope, as a share.
        package var total: Double
        /// One minus the p-value of the test for a trend, 0...1.
        package var confidence: Double
        /// Whether no two neighbouring runs are further apart than a single run may be: each passed, all together did not.
        package var isWithinBudget: Bool
    }

    package let steps: [Step]
    package let drift: Drift?
    /// Why nothing can be said; `nil` when there are runs enough.
    package let tooShort: String?

    /// Runs below which a history says nothing, and below which it is not called sure.
    package static let minimumRuns = 12
    private static let sureRuns = 20
    private static let cautiousConfidence = 0.8
    /// A drift is worth telling from this growth over the stretch, by the low end of its interval.
    private static let leastGrowth = 0.05
    private static let significance = 0.01
    /// Steps smaller than this are not worth a line.
    private static let leastStep = 0.03
    /// What a single run may lose without failing (`spec/contract.md` section 2).
    private static let budget = 0.10

    package init(_ history: RunHistory, seed: UInt64 = 1) {
        let entries = history.entries
        guard entries.count >= HistoryTrend.minimumRuns else {
            steps = []
            drift = nil
            tooShort = "\(entries.count) runs; steps and drifts can be told from \(HistoryTrend.minimumRuns) on"
            return
        }
        tooShort = nil
        let values = entries.map { log(max($0.p95Milliseconds, 1e-3)) }
        var edges = entries.indices.dropFirst().filter { entries[$0].environment != entries[$0 - 1].environment }
        edges = [0] + edges + [entries.count]
        var found: [(index: Int, cause: Cause, p: Double)] = []
        var newest = 0
        for (start, end) in zip(edges, edges.dropFirst()) {
            if start > 0 { found.append((start, .environment, 0)) }
            newest = start
            let regime = Array(values[start..<end])
            var search = RankChangePoints()
            search.seed = seed
            let points = search.changePoints(in: regime)
            guard !HistoryTrend.isStraight(regime, steps: points.map(\.index)) else { continue }
            for point in points {
                found.append((start + point.index, .change, point.p))
                newest = start + point.index
            }
        }
        let bounds = [0] + found.map(\.index) + [entries.count]
        let cap = entries.count < HistoryTrend.sureRuns ? HistoryTrend.cautiousConfidence : 1
        steps = found.enumerated().compactMap { place, point in
            let before = HistoryTrend.median(values[bounds[place]..<bounds[place + 1]])
            let after = HistoryTrend.median(values[bounds[place + 1]..<bounds[place + 2]])
            guard point.cause == .environment || abs(after - before) >= HistoryTrend.leastStep else { return nil }
            return Step(
                index: point.index,
                cause: point.cause,
                before: exp(before),
                after: exp(after),
                confidence: min(cap, 1 - point.p)
            )
        }
        drift = HistoryTrend.drift(Array(values[newest...]), from: newest, cap: cap)
    }

    private static func drift(_ values: [Double], from index: Int, cap: Double) -> Drift? {
        guard values.count >= minimumRuns else { return nil }
        let test = MannKendallTest(values)
        let times = values.indices.map { Double($0) }
        guard test.p < significance,
            let line = TheilSenLine(x: times, y: values, varianceInflation: test.inflation)
        else { return nil }
        let span = Double(values.count - 1)
        let isGrowth = line.slope > 0
        let sure = isGrowth ? line.slopeLow : -line.slopeHigh
        guard sure * span >= log(1 + leastGrowth) else { return nil }
        let residuals = zip(times, values).map { $1 - line.slope * $0 }
        let largest = zip(values, values.dropFirst()).map { $1 - $0 }.max() ?? 0
        // What a run adds by the trend itself, beside the noise of two runs.
        let noise = RobustScale.normalConsistency * (RobustScale.medianAbsoluteDeviation(residuals) ?? 0)
        return Drift(
            index: index,
            runs: values.count,
            perRun: exp(line.slope) - 1,
            perRunLow: exp(line.slopeLow) - 1,
            perRunHigh: exp(line.slopeHigh) - 1,
            total: exp(line.slope * span) - 1,
            confidence: min(cap, 1 - test.p),
            isWithinBudget: isGrowth && line.slope < log(1 + budget) && largest < log(1 + budget) + 3 * noise
        )
    }

    /// Whether a line leaves less unexplained than steps, each charged for its parameters (BIC).
    private static func isStraight(_ values: [Double], steps: [Int]) -> Bool {
        guard !steps.isEmpty else { return false }
        let times = values.indices.map { Double($0) }
        guard let line = TheilSenLine(x: times, y: values) else { return false }
        let count = Double(values.count)
        let straight = zip(times, values).reduce(0) { sum, point in
            let rest = point.1 - line.intercept - line.slope * point.0
            return sum + rest * rest
        }
        var stepped = 0.0
        for (start, end) in zip([0] + steps, steps + [values.count]) {
            let level = values[start..<end].reduce(0, +) / Double(end - start)
            stepped += values[start..<end].reduce(0) { $0 + ($1 - level) * ($1 - level) }
        }
        func criterion(_ squares: Double, _ parameters: Int) -> Double {
            count * log(max(squares, 1e-12) / count) + Double(parameters) * log(count)
        }
        return criterion(straight, 2) < criterion(stepped, 2 * steps.count + 1)
    }

    private static func median(_ values: ArraySlice<Double>) -> Double { RobustScale.median(Array(values)) ?? 0 }
}
