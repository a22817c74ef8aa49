import Glibc

/// Whether two samples come from one distribution, by the largest distance between their cumulative shares.
///
/// For shares of traces and shapes. A shift of location is found sooner by `MannWhitneyTest`.
package struct KolmogorovSmirnovTest: Sendable, Hashable {
    /// The largest distance, 0...1.
    package let distance: Double
    package let before: Int
    package let after: Int

    // Beyond this many pairs the limit law is good to three digits and the exact one slow.
    private static let exactPairs = 1_000_000

    package init(before: [Double], after: [Double]) {
        self.before = before.count
        self.after = after.count
        let (left, right) = (before.sorted(), after.sorted())
        var (i, j) = (0, 0)
        var distance = 0.0
        while i < left.count, j < right.count {
            let value = min(left[i], right[j])
            while i < left.count, left[i] == value { i += 1 }
            while j < right.count, right[j] == value { j += 1 }
            distance = max(distance, abs(Double(i) / Double(left.count) - Double(j) / Double(right.count)))
        }
        self.distance = distance
    }

    /// Two-sided, exact where that is quick; 1 when a sample is empty.
    package var p: Double {
        guard before > 0, after > 0 else { return 1 }
        return before * after <= KolmogorovSmirnovTest.exactPairs ? exact : limit
    }

    /// By the limit distribution of Kolmogorov.
    package var limit: Double {
        let (n, m) = (Double(before), Double(after))
        let x = (n * m / (n + m)).squareRoot() * distance
        guard x > 0 else { return 1 }
        if x < 1 {
            // The alternating series converges badly near 0; Jacobi's transform of it does not.
            let sum = (1...20).reduce(0.0) { sum, k in
                let odd = Double(2 * k - 1) * .pi / x
                return sum + exp(-odd * odd / 8)
            }
            return 1 - (2 * Double.pi).squareRoot() / x * sum
        }
        let sum = (1...100).reduce(0.0) { sum, k in
            sum + (k.isMultiple(of: 2) ? -1 : 1) * exp(-2 * Double(k * k) * x * x)
        }
        return min(1, 2 * sum)
    }

    // The share of orders of all values in which the distance stays below. Source: Hodges 1958, as in R's psmirnov.
    private var exact: Double {
        let (n, m) = (Double(before), Double(after))
        let limit = (0.5 + (distance * n * m - 1e-7).rounded(.down)) / (n * m)
        var inside = (0...after).map { Double($0) / m > limit ? 0.0 : 1.0 }
        for i in 1...before {
            let weight = Double(i) / Double(i + after)
            inside[0] = Double(i) / n > limit ? 0 : weight * inside[0]
            for j in 1...after {
                let isOutside = abs(Double(i) / n - Double(j) / m) > limit
                inside[j] = isOutside ? 0 : weight * inside[j] + inside[j - 1]
            }
        }
        return min(1, max(0, 1 - inside[after]))
    }
}
