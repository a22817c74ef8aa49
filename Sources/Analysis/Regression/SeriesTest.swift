import Statistics

/// A log change with its uncertainty.
struct SeriesTest {
    let change: Double
    let standardError: Double
    let pSlower: Double
    let pFaster: Double
    /// Half width of the 95 % interval of `change`.
    let margin: Double

    /// `intervalQuantile` is Student's at 0.975 for the same freedom; slow to find, and the same for all quantities.
    init(change: Double, standardError: Double, freedom: Double, intervalQuantile: Double) {
        self.change = change
        // Identical histograms give no variance at all; nothing is known better than a part in a thousand.
        self.standardError = max(standardError, 1e-3)
        let tail = StudentDistribution(freedom: freedom).upperTail(abs(change) / self.standardError)
        pSlower = change >= 0 ? tail : 1 - tail
        pFaster = change >= 0 ? 1 - tail : tail
        margin = intervalQuantile * self.standardError
    }
}
