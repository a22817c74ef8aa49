import Glibc

/// Student's t distribution; `freedom` is the degrees of freedom, above 0, not necessarily whole, possibly infinite.
package struct StudentDistribution: Sendable, Hashable {
    package let freedom: Double

    package init(freedom: Double) {
        precondition(freedom > 0, "degrees of freedom must be positive")
        self.freedom = freedom
    }

    /// P(T > t) = I_{ν/(ν+t²)}(ν/2, 1/2) / 2 for `t >= 0`, exact far into the tail.
    package func upperTail(_ t: Double) -> Double {
        if t.isNaN { return .nan }
        if freedom > StudentDistribution.normalFrom { return NormalDistribution.upperTail(t) }
        if t.isInfinite { return t > 0 ? 0 : 1 }
        let half = 0.5 * SpecialFunctions.incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
        return t >= 0 ? half : 1 - half
    }

    /// P(T <= t).
    package func cumulative(_ t: Double) -> Double { upperTail(-t) }

    /// The `t` with P(T <= t) = `p`, for `p` in 0...1; infinite at the ends.
    ///
    /// Bisection on the exact tail: slow (about 100 evaluations) but certain, and called once an estimate.
    package func quantile(_ p: Double) -> Double {
        guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
        if freedom > StudentDistribution.normalFrom { return NormalDistribution.quantile(p) }
        if p == 0.5 { return 0 }
        let tail = min(p, 1 - p)
        var low = 0.0
        var high = 1.0
        while upperTail(high) > tail, high < 1e300 { high *= 2 }
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            if upperTail(middle) > tail { low = middle } else { high = middle }
        }
        return p > 0.5 ? high : -high
    }

    // Beyond this the two differ by less than 1e-9.
    private static let normalFrom = 1e10
}
