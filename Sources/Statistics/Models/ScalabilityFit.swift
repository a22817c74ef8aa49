/// Fits the Universal Scalability Law, X(n) = λn / (1 + σ(n − 1) + κn(n − 1)), to measured throughput.
///
/// n/X is linear in 1/λ, σ/λ and κ/λ; weighting by (X/n)² makes the errors relative to X. A coefficient that comes out
/// negative has no meaning and is held at 0, and the others are fitted anew. Source: Gunther, "Guerrilla Capacity
/// Planning", 2007, chapters 4 to 6.
package struct ScalabilityFit: Sendable, Hashable {
    package struct Point: Sendable, Hashable {
        /// Virtual users, above 0.
        package var users: Double
        /// Answers per second, above 0.
        package var rate: Double

        package init(users: Double, rate: Double) {
            self.users = users
            self.rate = rate
        }
    }

    /// λ, answers per second of one user.
    package let ratePerUser: Double
    /// σ, 0 or more.
    package let contention: Double
    /// κ, 0 or more.
    package let coherency: Double
    /// Share of the variance of the rates that the law explains, at most 1.
    package let determination: Double

    /// `nil` below three different numbers of users, or where the points do not determine a law.
    package init?(_ points: [Point]) {
        let points = points.filter { $0.users > 0 && $0.rate > 0 }
        guard Set(points.map(\.users)).count >= 3 else { return nil }
        // Columns: 1, n − 1, n(n − 1); the last two may be left out.
        var best: (coefficients: [Double], residual: Double)?
        for columns in [[0, 1, 2], [0, 2], [0, 1], [0]] {
            guard let coefficients = ScalabilityFit.solve(points, columns) else { continue }
            guard coefficients[0] > 0, coefficients.allSatisfy({ $0 >= 0 }) else { continue }
            let residual = points.reduce(0) { sum, point in
                let relative =
                    ScalabilityFit.row(point, [0, 1, 2]).enumerated()
                    .reduce(0) { $0 + $1.element * coefficients[$1.offset] } - 1
                return sum + relative * relative
            }
            if residual < best?.residual ?? .infinity { best = (coefficients, residual) }
        }
        guard let best else { return nil }
        ratePerUser = 1 / best.coefficients[0]
        contention = best.coefficients[1] / best.coefficients[0]
        coherency = best.coefficients[2] / best.coefficients[0]
        let mean = points.reduce(0) { $0 + $1.rate } / Double(points.count)
        let total = points.reduce(0) { $0 + ($1.rate - mean) * ($1.rate - mean) }
        let (rate, sigma, kappa) = (ratePerUser, contention, coherency)
        let rest = points.reduce(0) { sum, point in
            let error = point.rate - ScalabilityFit.rate(of: point.users, rate, sigma, kappa)
            return sum + error * error
        }
        determination = total > 0 ? 1 - rest / total : 0
    }

    /// Answers per second that the law foretells.
    package func rate(of users: Double) -> Double {
        ScalabilityFit.rate(of: users, ratePerUser, contention, coherency)
    }

    /// The number of users with the highest rate; `nil` when the rate grows without end.
    package var bestUsers: Double? {
        guard coherency > 0 else { return nil }
        return max(1, (max(0, 1 - contention) / coherency).squareRoot())
    }

    /// The rate at `bestUsers`; without these the rate that the law approaches, `nil` when it approaches none.
    package var bestRate: Double? {
        if let bestUsers { return rate(of: bestUsers) }
        return contention > 0 ? ratePerUser / contention : nil
    }

    private static func rate(of n: Double, _ lambda: Double, _ sigma: Double, _ kappa: Double) -> Double {
        lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1))
    }

    // One row of the weighted system, whose right side is 1.
    private static func row(_ point: Point, _ columns: [Int]) -> [Double] {
        let n = point.users
        let all = [1, n - 1, n * (n - 1)]
        return columns.map { all[$0] * point.rate / n }
    }

    /// Least squares by the normal equations; three coefficients, 0 for the columns left out.
    private static func solve(_ points: [Point], _ columns: [Int]) -> [Double]? {
        let size = columns.count
        var matrix = [[Double]](repeating: [Double](repeating: 0, count: size + 1), count: size)
        for point in points {
            let row = row(point, columns)
            for i in 0..<size {
                for j in 0..<size { matrix[i][j] += row[i] * row[j] }
                matrix[i][size] += row[i]
            }
        }
        for pivot in 0..<size {
            guard let best = (pivot..<size).max(by: { abs(matrix[$0][pivot]) < abs(matrix[$1][pivot]) }),
                abs(matrix[best][pivot]) > 1e-12
            else { return nil }
            matrix.swapAt(pivot, best)
            for other in 0..<size where other != pivot {
                let factor = matrix[other][pivot] / matrix[pivot][pivot]
                for column in pivot...size { matrix[other][column] -= factor * matrix[pivot][column] }
            }
        }
        var coefficients = [0.0, 0, 0]
        for (index, column) in columns.enumerated() {
            coefficients[column] = matrix[index][size] / matrix[index][index]
        }
        return coefficients
    }
}
