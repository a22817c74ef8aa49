/// A straight trend in a series that outliers cannot tilt, and how sure it is that there is one.
///
/// `TheilSenLine` for the slope and its interval, `MannKendallTest` for whether there is a trend at all. Neighbours must be
/// far enough apart to be nearly independent: callers average over windows.
package struct RobustTrend: Sendable, Hashable {
    /// Change of the value for a step of 1 in `x`.
    package let slope: Double
    /// At 95 %.
    package let slopeInterval: ClosedRange<Double>
    /// Value of the line at `x` = 0.
    package let intercept: Double
    /// One minus the two-sided p-value of Kendall's test, 0...1.
    package let confidence: Double

    /// `nil` below four points or where all `x` are the same.
    ///
    /// Takes time by the square of the number of points, so callers pass some hundreds at most.
    package init?(_ points: [(x: Double, y: Double)]) {
        let points = points.filter { $0.y.isFinite }.sorted { $0.x < $1.x }
        guard points.count >= 4, let line = TheilSenLine(x: points.map(\.x), y: points.map(\.y)) else { return nil }
        slope = line.slope
        slopeInterval = min(line.slopeLow, line.slopeHigh)...max(line.slopeLow, line.slopeHigh)
        intercept = line.intercept
        confidence = 1 - MannKendallTest(points.map(\.y)).independentP
    }

    package func value(at x: Double) -> Double { intercept + slope * x }
}
