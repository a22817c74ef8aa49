import Glibc

/// The chi-squared distribution; `freedom` is the degrees of freedom, above 0.
package struct ChiSquareDistribution: Sendable, Hashable {
    package let freedom: Double

    package init(freedom: Double) {
        precondition(freedom > 0, "degrees of freedom must be positive")
        self.freedom = freedom
    }

    /// P(X > x).
    package func upperTail(_ x: Double) -> Double {
        x <= 0 ? 1 : SpecialFunctions.upperIncompleteGamma(freedom / 2, x / 2)
    }
}

extension SpecialFunctions {
    /// The regularised upper incomplete gamma function Q(a, x), 0...1, for `a > 0` and `x >= 0`.
    ///
    /// Series DLMF 8.7.1 below a + 1, continued fraction DLMF 8.9.2 above.
    package static func upperIncompleteGamma(_ a: Double, _ x: Double) -> Double {
        guard a > 0, x >= 0 else { return .nan }
        if x == 0 { return 1 }
        let front = exp(a * log(x) - x - logGamma(a))
        if x < a + 1 {
            var (term, sum, n) = (1 / a, 1 / a, a)
            while abs(term) > sum * 1e-17 {
                n += 1
                term *= x / n
                sum += term
            }
            return max(0, 1 - front * sum)
        }
        let tiny = 1e-300
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / b
        var result = d
        for i in 1...100_000 {
            let numerator = -Double(i) * (Double(i) - a)
            b += 2
            d = numerator * d + b
            d = 1 / (abs(d) < tiny ? tiny : d)
            c = b + numerator / c
            if abs(c) < tiny { c = tiny }
            result *= d * c
            if abs(d * c - 1) < 1e-16 { break }
        }
        return front * result
    }
}
