import Glibc

/// The number of successes in `trials` independent trials.
package struct BinomialDistribution: Sendable, Hashable {
    package let trials: UInt64
    /// 0...1.
    package let probability: Double

    package init(trials: UInt64, probability: Double) {
        precondition((0...1).contains(probability), "probability must be 0...1")
        self.trials = trials
        self.probability = probability
    }

    /// P(X <= k) = I_{1-p}(n - k, k + 1); 0 below zero.
    package func cumulative(_ k: Int64) -> Double {
        if k < 0 { return 0 }
        if UInt64(k) >= trials { return 1 }
        return SpecialFunctions.incompleteBeta(1 - probability, Double(trials) - Double(k), Double(k) + 1)
    }

    /// The smallest `k` with P(X <= k) >= `level`.
    package func quantile(_ level: Double) -> UInt64 {
        var low: Int64 = -1
        var high = Int64(trials)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if cumulative(middle) >= level { high = middle } else { low = middle }
        }
        return UInt64(high)
    }
}
