/// Whether values of one sample tend to be larger than those of another.
///
/// Normal approximation with tie correction and continuity correction, the same numbers as `scipy.stats.mannwhitneyu`;
/// exact for small samples without ties. Values of one sample must be independent: whole runs, not requests of a run.
package struct MannWhitneyTest: Sendable, Hashable {
    /// How many pairs have the second value above the first; half for equal ones.
    package let u: Double
    package let before: Int
    package let after: Int
    /// Σ(t³ − t).
    private let tieCorrection: Double

    package init(before: [Double], after: [Double]) {
        let ranks = Midranks(before + after)
        self.before = before.count
        self.after = after.count
        let sum = ranks.ranks[before.count...].reduce(0, +)
        u = sum - Double(after.count * (after.count + 1)) / 2
        tieCorrection = ranks.tieCorrection
    }

    /// From bucket counts: values of one bucket are tied.
    ///
    /// The histograms must have one resolution. With buckets of 1 % the decision is that of the values in 99.8 % of
    /// cases (`spec/statistics.md` section 3.6).
    package init(before: LatencyHistogram, after: LatencyHistogram) {
        precondition(before.subBucketBits == after.subBucketBits, "histograms of different resolution do not compare")
        self.before = Int(before.count)
        self.after = Int(after.count)
        var (u, below, correction) = (0.0, 0.0, 0.0)
        var left = before.buckets[...]
        for (range, count) in after.buckets {
            while let next = left.first, next.range.lowerBound < range.lowerBound {
                below += Double(next.count)
                correction += MannWhitneyTest.cube(Double(next.count))
                left.removeFirst()
            }
            var equal = 0.0
            if let next = left.first, next.range.lowerBound == range.lowerBound {
                equal = Double(next.count)
                left.removeFirst()
            }
            u += Double(count) * (below + equal / 2)
            correction += MannWhitneyTest.cube(Double(count) + equal)
            below += equal
        }
        for (_, count) in left { correction += MannWhitneyTest.cube(Double(count)) }
        self.u = u
        tieCorrection = correction
    }

    private static func cube(_ count: Double) -> Double { count * count * count - count }

    /// P(a later value is above an earlier one), 0...1 (Vargha and Delaney's A); 0.5 for an empty sample.
    package var dominance: Double {
        before == 0 || after == 0 ? 0.5 : u / (Double(before) * Double(after))
    }

    /// Two-sided; 1 when a sample is empty or all values are equal.
    package var p: Double { min(1, 2 * NormalDistribution.upperTail(z(abs(u - mean)))) }

    /// One-sided: later values are larger.
    package var pGreater: Double { NormalDistribution.upperTail(z(u - mean)) }

    private var mean: Double { Double(before) * Double(after) / 2 }

    private func z(_ distance: Double) -> Double {
        let (n, m) = (Double(before), Double(after))
        guard n > 0, m > 0 else { return 0 }
        let total = n + m
        let variance = n * m / 12 * (total + 1 - tieCorrection / (total * (total - 1)))
        guard variance > 0 else { return 0 }
        return (distance - 0.5) / variance.squareRoot()
    }

    /// Two-sided and exact; `nil` with ties or more than 10 000 pairs.
    package var exactP: Double? {
        guard tieCorrection == 0, before > 0, after > 0, before * after <= 10_000 else { return nil }
        // The number of arrangements with each U, by adding one value of the second sample after another.
        var counts = [Double](repeating: 0, count: before * after + 1)
        counts[0] = 1
        for size in 1...after {
            // Gaussian binomial coefficient: times (1 - q^(before + size)), divided by (1 - q^size).
            for u in stride(from: counts.count - 1, through: before + size, by: -1) where before + size <= u {
                counts[u] -= counts[u - before - size]
            }
            for u in stride(from: size, to: counts.count, by: 1) { counts[u] += counts[u - size] }
        }
        let total = counts.reduce(0, +)
        let extreme = Int(max(u, Double(before * after) - u))
        let tail = counts[extreme...].reduce(0, +)
        return min(1, 2 * tail / total)
    }
}
