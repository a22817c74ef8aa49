import Glibc

extension LatencyHistogram {
    /// The mean of the logarithms (of nanoseconds) without the lowest and the highest `trim` share of records.
    ///
    /// Bucket middles stand for records, so the error is at most half a bucket and cancels in differences of
    /// histograms of one resolution (`spec/statistics.md` section 3.6). Trims whole records, as
    /// `scipy.stats.trim_mean` does.
    /// - Returns: `nil` when empty.
    package func trimmedLogMean(trim: Double = 0.1) -> Double? {
        let cut = UInt64(trim * Double(count))
        guard count > 2 * cut else { return nil }
        let kept = cut..<(count - cut)
        var seen: UInt64 = 0
        var sum = 0.0
        for (range, times) in buckets {
            let own = seen..<(seen + times)
            seen += times
            let inside = own.clamped(to: kept)
            sum += Double(inside.upperBound - inside.lowerBound) * logOfMiddle(range)
        }
        return sum / Double(count - 2 * cut)
    }

    /// Standard deviation of the logarithms; `nil` below two records.
    package var logDeviation: Double? {
        guard count > 1 else { return nil }
        let logs = buckets.map { (value: logOfMiddle($0.range), times: Double($0.count)) }
        let mean = logs.reduce(0) { $0 + $1.value * $1.times } / Double(count)
        let squares = logs.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) * $1.times }
        return (squares / Double(count - 1)).squareRoot()
    }

    /// Mean square of the records, nanoseconds², from bucket middles; 0 when empty.
    package var meanSquare: Double {
        guard count > 0 else { return 0 }
        return buckets.reduce(0) { $0 + middle($1.range) * middle($1.range) * Double($1.count) } / Double(count)
    }

    /// Standard error of the logarithm of quantile `q`, from how steeply the records rise around it.
    ///
    /// The quantiles at q ± √(q(1 - q)/n) are one standard error away on either side. Source: Woodruff 1952.
    /// - Returns: `nil` when empty.
    package func quantileLogError(_ q: Double) -> Double? {
        guard count > 0 else { return nil }
        let step = (q * (1 - q) / Double(count)).squareRoot()
        let low = Double(max(1, quantile(max(0, q - step))))
        let high = Double(max(1, quantile(min(1, q + step))))
        return max(log(high / low) / 2, 0)
    }

    /// Variance that the width of a bucket adds to a logarithm, (ln γ)²/12.
    package var bucketLogVariance: Double {
        let width = log1p(1 / Double(1 << subBucketBits))
        return width * width / 12
    }

    private func middle(_ range: Range<UInt64>) -> Double {
        let value = range.lowerBound + (range.upperBound - range.lowerBound) / 2
        return Double(min(max(value, minimum), maximum))
    }

    private func logOfMiddle(_ range: Range<UInt64>) -> Double { log(max(1, middle(range))) }
}
