import Statistics

/// Whether a larger share of calls fails: exact where failures are few, and never fooled by a single burst.
struct ErrorTest {
    let before: Double
    let after: Double
    /// One-sided.
    let p: Double

    init(before: SignalSeries, in early: Range<Int>, after: SignalSeries, in late: Range<Int>) {
        func sum(_ values: [Double], _ bins: Range<Int>) -> Double { values[bins].reduce(0, +) }
        let (badBefore, allBefore) = (sum(before.sums, early), sum(before.counts, early))
        let (badAfter, allAfter) = (sum(after.sums, late), sum(after.counts, late))
        self.before = allBefore > 0 ? badBefore / allBefore : 0
        self.after = allAfter > 0 ? badAfter / allAfter : 0
        // The design effect: failures that come in bursts count as fewer than they are.
        let dispersion = max(
            1,
            (ErrorTest.chiSquare(before, early) + ErrorTest.chiSquare(after, late))
                / Double(max(1, before.filled(early) + after.filled(late) - 2))
        )
        func scaled(_ value: Double) -> UInt64 { UInt64((max(0, value) / dispersion).rounded()) }
        p =
            ProportionTest(
                before: min(scaled(badBefore), scaled(allBefore)),
                of: scaled(allBefore),
                after: min(scaled(badAfter), scaled(allAfter)),
                of: scaled(allAfter)
            ).p
    }

    private static func chiSquare(_ series: SignalSeries, _ bins: Range<Int>) -> Double {
        let ratio = series.ratio(bins)
        let share = ratio.value
        guard share > 0, share < 1 else { return 0 }
        return bins.reduce(0) { sum, bin in
            let expected = share * series.counts[bin]
            guard expected > 0 else { return sum }
            return sum + (series.sums[bin] - expected) * (series.sums[bin] - expected) / (expected * (1 - share))
        }
    }
}
