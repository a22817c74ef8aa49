/// Corrects a test by what it said where nothing had happened.
///
/// A statistic that claims to be standard normal is divided by how large it really was over earlier pairs of windows
/// without a change. Source: `spec/statistics.md` section 3.5 (E3b): false alarms fall from 0.47 to 0.06 in the worst case.
package struct PlaceboCalibration: Sendable, Hashable {
    /// At least 1: a history that happens to be calm makes nothing more significant.
    package let scale: Double
    package let pairs: Int
    /// Fewer pairs than this tell too little.
    package static let minimumPairs = 12

    /// `nil` with fewer than 12 statistics.
    package init?(history: [Double]) {
        guard history.count >= PlaceboCalibration.minimumPairs else { return nil }
        scale = max(1, (history.reduce(0) { $0 + $1 * $1 } / Double(history.count)).squareRoot())
        pairs = history.count
    }

    /// Two-sided p-value of a statistic computed over `bins` bins on either side.
    package func p(_ z: Double, bins: Int) -> Double {
        let freedom = max(1, min(pairs - 1, 2 * bins - 2))
        return 2 * StudentDistribution(freedom: Double(freedom)).upperTail(abs(z) / scale)
    }
}
