import Glibc

/// Whether a share went up: `after` of `afterTotal` against `before` of `beforeTotal`, one-sided.
package struct ProportionTest: Sendable, Hashable {
    package let before: UInt64
    package let beforeTotal: UInt64
    package let after: UInt64
    package let afterTotal: UInt64

    package init(before: UInt64, of beforeTotal: UInt64, after: UInt64, of afterTotal: UInt64) {
        precondition(before <= beforeTotal && after <= afterTotal, "a part is at most its whole")
        self.before = before
        self.beforeTotal = beforeTotal
        self.after = after
        self.afterTotal = afterTotal
    }

    /// One-sided p-value of an increase: Fisher's exact test where an expected count is below 5, else the z-test.
    package var p: Double {
        let total = Double(beforeTotal + afterTotal)
        guard total > 0, beforeTotal > 0, afterTotal > 0 else { return 1 }
        let share = Double(before + after) / total
        let smallest = Double(min(beforeTotal, afterTotal)) * min(share, 1 - share)
        return smallest < 5 ? fisher : NormalDistribution.upperTail(z)
    }

    /// The pooled two-proportion statistic; 0 when all or none succeeded.
    package var z: Double {
        let share = Double(before + after) / Double(beforeTotal + afterTotal)
        let variance = share * (1 - share) * (1 / Double(beforeTotal) + 1 / Double(afterTotal))
        guard variance > 0 else { return 0 }
        return (Double(after) / Double(afterTotal) - Double(before) / Double(beforeTotal)) / variance.squareRoot()
    }

    /// P(at least `after` successes on that side) of the hypergeometric distribution.
    package var fisher: Double {
        let successes = before + after
        let most = min(successes, afterTotal)
        let expected = Double(successes) * Double(afterTotal) / Double(beforeTotal + afterTotal)
        var sum = 0.0
        for k in after...most {
            let term = exp(
                logChoose(afterTotal, k) + logChoose(beforeTotal, successes - k)
                    - logChoose(beforeTotal + afterTotal, successes)
            )
            sum += term
            // Beyond the expected count terms only fall, so no later one can matter.
            if term < sum * 1e-17, Double(k) > expected { break }
        }
        return min(1, sum)
    }

    /// Two-sided and exact: the probability of all tables that are no likelier than this one.
    package var fisherTwoSided: Double {
        let successes = before + after
        let least = successes > beforeTotal ? successes - beforeTotal : 0
        let most = min(successes, afterTotal)
        func term(_ k: UInt64) -> Double {
            exp(
                logChoose(afterTotal, k) + logChoose(beforeTotal, successes - k)
                    - logChoose(beforeTotal + afterTotal, successes)
            )
        }
        // Tables that are equally likely differ by rounding.
        let limit = term(after) * (1 + 1e-7)
        return min(1, (least...most).reduce(0) { $0 + (term($1) <= limit ? term($1) : 0) })
    }

    private func logChoose(_ n: UInt64, _ k: UInt64) -> Double {
        k > n
            ? -.infinity
            : SpecialFunctions.logGamma(Double(n) + 1) - SpecialFunctions.logGamma(Double(k) + 1)
                - SpecialFunctions.logGamma(Double(n - k) + 1)
    }
}
