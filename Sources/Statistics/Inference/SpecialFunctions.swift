import Glibc

/// Functions the distributions are made of; each checked against SciPy in `StatisticsTests`.
package enum SpecialFunctions {
    /// The natural logarithm of the gamma function, for `x > 0`.
    package static func logGamma(_ x: Double) -> Double {
        // `lgamma` writes a global sign and is not safe to call from several threads.
        var sign: Int32 = 0
        return lgamma_r(x, &sign)
    }

    /// The derivative of `logGamma`, for `x > 0`.
    ///
    /// Source: Abramowitz and Stegun 6.3.5 (recurrence) and 6.3.18 (asymptotic series).
    package static func digamma(_ x: Double) -> Double {
        guard x > 0 else { return .nan }
        var shifted = x
        var result = 0.0
        while shifted < 15 {
            result -= 1 / shifted
            shifted += 1
        }
        let r = 1 / (shifted * shifted)
        let series = r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132)))))
        return result + log(shifted) - 0.5 / shifted - series
    }

    /// The derivative of `digamma`, for `x > 0`.
    ///
    /// Source: Abramowitz and Stegun 6.4.6 (recurrence) and 6.4.12 (asymptotic series).
    package static func trigamma(_ x: Double) -> Double {
        guard x > 0 else { return .nan }
        var shifted = x
        var result = 0.0
        while shifted < 15 {
            result += 1 / (shifted * shifted)
            shifted += 1
        }
        let r = 1 / (shifted * shifted)
        let series = r * (1.0 / 6 - r * (1.0 / 30 - r * (1.0 / 42 - r * (1.0 / 30 - r * (5.0 / 66)))))
        return result + 1 / shifted + r / 2 + series / shifted
    }

    /// The `x > 0` with `trigamma(x) == y`, for `y > 0`.
    ///
    /// Newton's method on `1 / trigamma`, which is convex and nearly linear, so it converges from below without
    /// overshooting. Source: Smyth 2004, "Linear models and empirical Bayes methods", appendix.
    package static func inverseTrigamma(_ y: Double) -> Double {
        guard y > 0 else { return .nan }
        if y > 1e7 { return 1 / y.squareRoot() }
        if y < 1e-6 { return 1 / y }
        var x = 0.5 + 1 / y
        for _ in 0..<50 {
            let value = trigamma(x)
            let step = value * (1 - value / y) / tetragamma(x)
            x += step
            if abs(step) < 1e-12 * x { break }
        }
        return x
    }

    /// The regularised incomplete beta function I_x(a, b), 0...1, for `a, b > 0` and `x` in 0...1.
    ///
    /// The continued fraction DLMF 8.17.22 by the modified Lentz algorithm, on whichever side converges fast.
    package static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard a > 0, b > 0, x >= 0, x <= 1 else { return .nan }
        if x == 0 || x == 1 { return x }
        let logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)
        if x < (a + 1) / (a + b + 2) { return exp(logFront) * betaFraction(x, a, b) / a }
        return 1 - exp(logFront) * betaFraction(1 - x, b, a) / b
    }

    private static func tetragamma(_ x: Double) -> Double {
        var shifted = x
        var result = 0.0
        while shifted < 15 {
            result -= 2 / (shifted * shifted * shifted)
            shifted += 1
        }
        let r = 1 / (shifted * shifted)
        return result - r * (1 + 1 / shifted + r * (0.5 - r * (1.0 / 6 - r * (1.0 / 6 - r * 0.3))))
    }

    private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        d = 1 / (abs(d) < tiny ? tiny : d)
        var result = d
        // The number of terms grows as the square root of the larger parameter; the bound covers a billion records.
        for term in 1...100_000 {
            let m = Double(term)
            for numerator in [
                m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
            ] {
                d = 1 + numerator * d
                d = 1 / (abs(d) < tiny ? tiny : d)
                c = 1 + numerator / c
                if abs(c) < tiny { c = tiny }
                result *= d * c
            }
            if abs(d * c - 1) < 1e-15 { break }
        }
        return result
    }
}
