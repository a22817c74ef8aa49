/// Steps in a history of runs: a rank-based largest t over all splits, judged against autocorrelated noise.
///
/// Ranks make single wild runs harmless, and the bootstrap with AR(1) noise keeps a wandering machine from looking like
/// steps: false series 0.00 / 0.04 / 0.01 (independent / autocorrelated / spiky) where Otava has 0.04 / 0.42 / 0.12.
/// Source: `spec/statistics.md` sections 2.2 (E6), 4 (c) and appendix. Seeded: the same history gives the same points.
package struct RankChangePoints: Sendable, Hashable {
    package var significance = 0.01
    package var bootstraps = 399
    package var minimumSegment = 3
    /// Histories shorter than this say nothing.
    package var minimumRuns = 12
    package var seed: UInt64 = 1

    package init() {}

    /// A step, with how often noise alone gives one as clear.
    package struct Point: Sendable, Hashable {
        /// First run of the new regime.
        package let index: Int
        package let p: Double
    }

    /// In order; empty below `minimumRuns` values.
    package func changePoints(in series: [Double]) -> [Point] {
        guard series.count >= minimumRuns else { return [] }
        var found: [Point] = []
        var stretches = [0..<series.count]
        var random = SeededRandom(seed: seed)
        while let stretch = stretches.popLast() {
            guard stretch.count >= 2 * minimumSegment,
                let best = MaximumT(NormalScores.of(Array(series[stretch])), margin: minimumSegment)
            else { continue }
            let p = bootstrapP(best, count: stretch.count, &random)
            guard p <= significance else { continue }
            let index = stretch.lowerBound + best.split
            found.append(Point(index: index, p: p))
            stretches += [stretch.lowerBound..<index, index..<stretch.upperBound]
        }
        return refined(found.sorted { $0.index < $1.index }, in: series)
    }

    // A point found while later steps were still inside its stretch may be off by a run or two: it is looked for again
    // between its neighbours.
    private func refined(_ points: [Point], in series: [Double]) -> [Point] {
        let edges = [0] + points.map(\.index) + [series.count]
        return points.enumerated().map { place, point in
            let (from, to) = (edges[place], edges[place + 2])
            let best = MaximumT(NormalScores.of(Array(series[from..<to])), margin: minimumSegment)
            return Point(index: best.map { from + $0.split } ?? point.index, p: point.p)
        }
    }

    private func bootstrapP(_ found: MaximumT, count: Int, _ random: inout SeededRandom) -> Double {
        let rho = found.autocorrelation
        var exceeding = 0
        for _ in 0..<bootstraps {
            var noise: [Double] = []
            noise.reserveCapacity(count)
            var value = random.normal() / (1 - rho * rho).squareRoot()
            for _ in 0..<count {
                noise.append(value)
                value = rho * value + random.normal()
            }
            if let other = MaximumT(noise, margin: minimumSegment), other.statistic >= found.statistic {
                exceeding += 1
            }
        }
        return Double(exceeding + 1) / Double(bootstraps + 1)
    }
}
