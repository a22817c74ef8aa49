import Glibc

/// A straight trend in a series that outliers cannot tilt: the median of all slopes between two points.
///
/// Source: Sen 1968 for the slope and its interval, Kendall's test for whether there is a trend at all. Neighbours must
/// be far enough apart to be nearly independent: callers average over windows.
package struct RobustTrend: Sendable, Hashable {
    /// Change of the value for a step of 1 in `x`.
    package let slope: Double
    /// At 95 %.
    package let slopeInterval: ClosedRange<Double>
    /// Value of the line at `x` = 0.
    package let intercept: Double
    /// One minus the two-sided p-value of Kendall's test: how sure it is that there is a trend, 0...1.
    package let confidence: Double

    /// `nil` below four points or where all `x` are the same.
    ///
    /// Takes time by the square of the number of points, so callers pass some hundreds at most.
    package init?(_ points: [(x: Double, y: Double)]) {
        let points = points.filter { $0.y.isFinite }.sorted { $0.x < $1.x }
        guard points.count >= 4 else { return nil }
        var slopes: [Double] = []
        var score = 0
        for i in points.indices {
            for j in points.indices.dropFirst(i + 1) where points[j].x > points[i].x {
                let rise = points[j].y - points[i].y
                slopes.append(rise / (points[j].x - points[i].x))
                score += rise > 0 ? 1 : rise < 0 ? -1 : 0
            }
        }
        slopes.sort()
        guard let slope = RobustScale.median(slopes) else { return nil }
        let deviation = RobustTrend.scoreDeviation(points.map(\.y))
        let continuity = Double(abs(score) - (score == 0 ? 0 : 1))
        confidence = deviation > 0 ? 1 - 2 * NormalDistribution.upperTail(continuity / deviation) : 0
        let margin = 1.959964 * deviation
        let count = Double(slopes.count)
        let low = Int(((count - margin) / 2).rounded(.down))
        let high = Int(((count + margin) / 2).rounded(.up))
        self.slope = slope
        slopeInterval = slopes[max(0, low)]...slopes[min(slopes.count - 1, max(high, max(0, low)))]
        intercept = RobustScale.median(points.map { $0.y - slope * $0.x }) ?? 0
    }

    package func value(at x: Double) -> Double { intercept + slope * x }

    /// Standard deviation of Kendall's score when there is no trend, with its correction for equal values.
    private static func scoreDeviation(_ values: [Double]) -> Double {
        func term(_ n: Double) -> Double { n * (n - 1) * (2 * n + 5) }
        var ties: [Double: Int] = [:]
        for value in values { ties[value, default: 0] += 1 }
        let tied = ties.values.reduce(0.0) { $0 + ($1 > 1 ? term(Double($1)) : 0) }
        return (max(0, term(Double(values.count)) - tied) / 18).squareRoot()
    }
}
