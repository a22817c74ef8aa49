/// How far one sample is shifted against another: the median of all pairwise differences, with its interval.
///
/// On logarithms the exponential of it is a ratio. Source: Hodges and Lehmann 1963; interval by Moses, normal
/// approximation to the Mann-Whitney distribution.
package struct HodgesLehmannShift: Sendable, Hashable {
    package let estimate: Double
    /// Of the two-sided interval; infinite where there are too few values.
    package let low: Double
    package let high: Double

    /// `nil` when a sample is empty.
    ///
    /// - Parameters:
    ///   - before: the sample to compare with.
    ///   - after: positive estimates mean that this one is larger.
    ///   - confidence: such as 0.95.
    package init?(before: [Double], after: [Double], confidence: Double = 0.95) {
        guard !before.isEmpty, !after.isEmpty else { return nil }
        let differences = Differences(before.sorted(), after.sorted())
        let pairs = before.count * after.count
        let upper = differences.value(atRank: pairs / 2)
        estimate = pairs.isMultiple(of: 2) ? (differences.value(atRank: pairs / 2 - 1) + upper) / 2 : upper
        let (n, m) = (Double(before.count), Double(after.count))
        let z = NormalDistribution.quantile((1 + confidence) / 2)
        let cut = (n * m / 2 - z * (n * m * (n + m + 1) / 12).squareRoot()).rounded(.down)
        if cut < 1 {
            (low, high) = (-.infinity, .infinity)
        } else {
            low = differences.value(atRank: Int(cut) - 1)
            high = differences.value(atRank: pairs - Int(cut))
        }
    }

    /// All differences `after - before`, without ever storing them.
    private struct Differences {
        private let before: [Double]
        private let after: [Double]

        init(_ before: [Double], _ after: [Double]) {
            self.before = before
            self.after = after
        }

        /// 0-based; bisects over the bit patterns of doubles, so it ends on a difference that exists.
        func value(atRank rank: Int) -> Double {
            var low = Differences.order(after[0] - before[before.count - 1])
            var high = Differences.order(after[after.count - 1] - before[0])
            while low < high {
                // The mean of two integers whose difference may overflow.
                let middle = (low & high) + ((low ^ high) >> 1)
                if count(upTo: Differences.value(middle)) > rank { high = middle } else { low = middle + 1 }
            }
            return Differences.value(low)
        }

        // Both sorted: as one value grows, so does the limit for the other.
        private func count(upTo limit: Double) -> Int {
            var total = 0
            var j = 0
            for value in before {
                while j < after.count, after[j] - value <= limit { j += 1 }
                total += j
            }
            return total
        }

        // An order-preserving map between doubles and integers, so that every bisection halves what is left.
        private static func order(_ value: Double) -> Int64 {
            let bits = Int64(bitPattern: (value + 0).bitPattern)
            return bits >= 0 ? bits : Int64.min - bits
        }

        private static func value(_ order: Int64) -> Double {
            Double(bitPattern: UInt64(bitPattern: order >= 0 ? order : Int64.min - order))
        }
    }
}
