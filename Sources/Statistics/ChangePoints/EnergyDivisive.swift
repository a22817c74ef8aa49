/// Change points as Apache Otava finds them, for comparison with the published ones.
///
/// Sliding windows are split again and again where the energy distance between the parts is largest, tested with
/// Student's t; then the weakest points are dropped until all pass. Source: Fleming and others 2023 ("Hunter"),
/// Matteson and James 2014. Behaviour, quirks included, of apache-otava 0.8.0: variances are divided by n, not n - 1.
/// The t-test takes values for independent, so autocorrelated histories give false points: `RankChangePoints` is the
/// default.
package struct EnergyDivisive: Sendable, Hashable {
    package var windowLength: Int
    package var maximumP: Double
    /// Least relative change of the mean.
    package var minimumMagnitude: Double

    package init(windowLength: Int = 50, maximumP: Double = 0.001, minimumMagnitude: Double = 0) {
        precondition(windowLength >= 2, "a window has two values at least")
        self.windowLength = windowLength
        self.maximumP = maximumP
        self.minimumMagnitude = minimumMagnitude
    }

    /// Indices of the first values of new regimes, in order.
    package func changePoints(in series: [Double]) -> [Int] {
        merge(split(series), in: series)
    }

    private struct Point {
        var index: Int
        var p: Double
        var magnitude: Double
    }

    // Weak points first: ten times the p-value, so that a point may grow significant as its neighbours go.
    private func split(_ series: [Double]) -> [Int] {
        let weakP = maximumP < 0.05 ? maximumP * 10 : maximumP < 0.5 ? maximumP * 2 : maximumP
        var found: Set<Int> = []
        var start = 0
        while start < series.count {
            let end = min(start + windowLength, series.count)
            let fresh = divide(Array(series[start..<end]), weakP: weakP).map { $0 + start }
            found.formUnion(fresh)
            start = max(fresh.last ?? 0, start + windowLength / 2)
        }
        return found.sorted()
    }

    private func divide(_ window: [Double], weakP: Double) -> [Int] {
        var points: [Int] = []
        while true {
            let edges = [0] + points + [window.count]
            var best: (index: Int, distance: Double)?
            for (from, to) in zip(edges, edges.dropFirst()) where to - from > 1 {
                let candidate = EnergyDistance.best(in: window[from..<to])
                if best.map({ candidate.distance > $0.distance }) ?? true { best = candidate }
            }
            guard let best, point(best.index, in: window, edges: edges).p <= weakP else { return points }
            points = (points + [best.index]).sorted()
        }
    }

    private func merge(_ weak: [Int], in series: [Double]) -> [Int] {
        var points = weak.map { point($0, in: series, edges: [0] + weak + [series.count]) }
        while let worst = points.map(\.p).max() {
            guard var weakest = points.firstIndex(where: { $0.p == worst }) else { break }
            if worst < maximumP {
                guard let least = points.map(\.magnitude).min(), least <= minimumMagnitude,
                    let index = points.firstIndex(where: { $0.magnitude == least })
                else { break }
                weakest = index
            }
            points.remove(at: weakest)
            let edges = [0] + points.map(\.index) + [series.count]
            // Otava looks again at the point behind the dropped one, not at the one before it.
            for index in [weakest, weakest + 1] where points.indices.contains(index) {
                points[index] = point(points[index].index, in: series, edges: edges)
            }
        }
        return points.map(\.index)
    }

    /// Compares the stretches on either side of `index`, up to the nearest edges.
    private func point(_ index: Int, in series: [Double], edges: [Int]) -> Point {
        let from = edges.last { $0 < index } ?? 0
        let to = edges.first { $0 > index } ?? series.count
        let (left, right) = (Moments(series[from..<index]), Moments(series[index..<to]))
        let forward = left.mean == 0 ? 0 : abs(right.mean / left.mean - 1)
        let backward = right.mean == 0 ? 0 : abs(left.mean / right.mean - 1)
        return Point(index: index, p: p(left, right), magnitude: max(forward, backward))
    }

    private func p(_ left: Moments, _ right: Moments) -> Double {
        let freedom = left.count + right.count - 2
        guard freedom > 0 else { return 1 }
        let pooled = ((left.count - 1) * left.variance + (right.count - 1) * right.variance) / freedom
        let difference = abs(left.mean - right.mean)
        let error = (pooled * (1 / left.count + 1 / right.count)).squareRoot()
        // Two constant stretches: equal ones are no change, different ones certain.
        guard error > 0 else { return difference == 0 ? 1 : 0 }
        return 2 * StudentDistribution(freedom: freedom).upperTail(difference / error)
    }

    private struct Moments {
        let count: Double
        let mean: Double
        /// Divided by n.
        let variance: Double

        init(_ values: ArraySlice<Double>) {
            count = Double(values.count)
            let mean = values.isEmpty ? 0 : values.reduce(0, +) / count
            self.mean = mean
            variance = values.count < 2 ? 0 : values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        }
    }
}
