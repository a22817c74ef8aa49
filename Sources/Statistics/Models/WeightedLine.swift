/// A straight line through points that are not equally certain, by weighted least squares.
///
/// The intervals are at 95 %, from the scatter around the line where that is more than the points' own errors.
package struct WeightedLine: Sendable, Hashable {
    package struct Point: Sendable, Hashable {
        package var x: Double
        package var y: Double
        /// Standard error of `y`, above 0.
        package var error: Double

        package init(x: Double, y: Double, error: Double) {
            self.x = x
            self.y = y
            self.error = error
        }
    }

    package let intercept: Double
    package let slope: Double
    package let interceptInterval: ClosedRange<Double>
    package let slopeInterval: ClosedRange<Double>

    /// `nil` below two different `x`.
    package init?(_ points: [Point]) {
        let points = points.filter { $0.error > 0 && $0.y.isFinite }
        let weights = points.map { 1 / ($0.error * $0.error) }
        let total = weights.reduce(0, +)
        guard total > 0, Set(points.map(\.x)).count >= 2 else { return nil }
        let meanX = zip(points, weights).reduce(0) { $0 + $1.0.x * $1.1 } / total
        let meanY = zip(points, weights).reduce(0) { $0 + $1.0.y * $1.1 } / total
        let spread = zip(points, weights).reduce(0) { $0 + ($1.0.x - meanX) * ($1.0.x - meanX) * $1.1 }
        let shared = zip(points, weights).reduce(0) { $0 + ($1.0.x - meanX) * ($1.0.y - meanY) * $1.1 }
        guard spread > 0 else { return nil }
        let slope = shared / spread
        let intercept = meanY - slope * meanX
        let residual = zip(points, weights).reduce(0) { sum, pair in
            let error = pair.0.y - intercept - slope * pair.0.x
            return sum + error * error * pair.1
        }
        let freedom = Double(points.count - 2)
        let scale = freedom > 0 ? max(1, residual / freedom) : 1
        let factor = freedom > 0 ? StudentDistribution(freedom: freedom).quantile(0.975) : 1.96
        let slopeError = (scale / spread).squareRoot() * factor
        let interceptError = (scale * (1 / total + meanX * meanX / spread)).squareRoot() * factor
        self.slope = slope
        self.intercept = intercept
        slopeInterval = slope - slopeError...slope + slopeError
        interceptInterval = intercept - interceptError...intercept + interceptError
    }
}
