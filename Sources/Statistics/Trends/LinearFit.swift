/// The least-squares line through points.
package struct LinearFit: Sendable, Hashable {
    package let slope: Double
    package let intercept: Double
    /// Share of the variance of `y` that the line explains, 0...1.
    package let determination: Double

    /// `nil` below three points, or when all `x` are equal.
    package init?(x: [Double], y: [Double]) {
        guard x.count == y.count, x.count > 2 else { return nil }
        let count = Double(x.count)
        let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
        var (xx, yy, xy) = (0.0, 0.0, 0.0)
        for (left, right) in zip(x, y) {
            xx += (left - meanX) * (left - meanX)
            yy += (right - meanY) * (right - meanY)
            xy += (left - meanX) * (right - meanY)
        }
        guard xx > 0 else { return nil }
        slope = xy / xx
        intercept = meanY - slope * meanX
        determination = yy > 0 ? min(1, xy * xy / (xx * yy)) : 0
    }
}
