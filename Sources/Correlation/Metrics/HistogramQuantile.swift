package import Telemetry

/// `histogram_quantile` of PromQL, to the bit as Prometheus 2.42 computes it (`promql/quantile.go`).
package enum HistogramQuantile {
    /// One bucket of a classic histogram: how many observations (or how many a second) were at most its bound.
    package struct Bucket: Sendable, Hashable {
        /// The label `le`; infinite for the last.
        package var upperBound: Double
        package var cumulativeCount: Double

        package init(upperBound: Double, cumulativeCount: Double) {
            self.upperBound = upperBound
            self.cumulativeCount = cumulativeCount
        }
    }

    /// The `quantile` (0…1) of a classic histogram, linear inside a bucket; `nil` without buckets.
    ///
    /// NaN when there is nothing to tell: no `+Inf` bucket, fewer than two buckets, no observation. A quantile in the
    /// last bucket is the bound below it, so it is a floor: show "≥".
    package static func value(of quantile: Double, in buckets: [Bucket]) -> Double? {
        guard !buckets.isEmpty else { return nil }
        if let value = outOfRange(quantile) { return value }
        let merged = monotonic(coalesced(buckets.sorted { $0.upperBound < $1.upperBound }))
        guard merged.count >= 2, let last = merged.last, last.upperBound == .infinity, last.cumulativeCount != 0 else {
            return .nan
        }
        var rank = quantile * last.cumulativeCount
        let found = merged.dropLast().firstIndex { $0.cumulativeCount >= rank } ?? merged.count - 1
        if found == merged.count - 1 { return merged[found - 1].upperBound }
        let end = merged[found].upperBound
        if found == 0, end <= 0 { return end }
        var start = 0.0
        var count = merged[found].cumulativeCount
        if found > 0 {
            start = merged[found - 1].upperBound
            count -= merged[found - 1].cumulativeCount
            rank -= merged[found - 1].cumulativeCount
        }
        return start + (end - start) * (rank / count)
    }

    /// The `quantile` (0…1) of a native histogram, linear inside a bucket (3.x interpolates exponentially).
    package static func value(of quantile: Double, in histogram: NativeHistogram) -> Double {
        if quantile < 0 { return -.infinity }
        if quantile > 1 { return .infinity }
        guard histogram.count != 0, !quantile.isNaN else { return .nan }
        let ranges = ranges(of: histogram)
        guard var range = ranges.last else { return .nan }
        var rank = quantile * histogram.count
        var count = 0.0
        for candidate in ranges {
            range = candidate
            count += candidate.count
            if count >= rank { break }
        }
        if range.lower < 0, range.upper > 0 {
            if histogram.negative.isEmpty, !histogram.positive.isEmpty {
                range.lower = 0
            } else if histogram.positive.isEmpty, !histogram.negative.isEmpty {
                range.upper = 0
            }
        }
        count = min(count, histogram.count)
        // Observations of NaN count, but are in no bucket.
        if count < rank { return range.upper }
        rank -= count - range.count
        return range.lower + (range.upper - range.lower) * (rank / range.count)
    }

    private static func outOfRange(_ quantile: Double) -> Double? {
        if quantile.isNaN { return .nan }
        if quantile < 0 { return -.infinity }
        return quantile > 1 ? .infinity : nil
    }

    /// Buckets of one bound, such as `1` and `1.0`, are one.
    private static func coalesced(_ buckets: [Bucket]) -> [Bucket] {
        var merged: [Bucket] = []
        for bucket in buckets {
            if let last = merged.last, last.upperBound == bucket.upperBound {
                merged[merged.count - 1].cumulativeCount += bucket.cumulativeCount
            } else {
                merged.append(bucket)
            }
        }
        return merged
    }

    /// Buckets of one scrape are not one moment, so a wider one can hold less than a narrower one.
    private static func monotonic(_ buckets: [Bucket]) -> [Bucket] {
        var raised = buckets
        for index in raised.indices.dropFirst() {
            raised[index].cumulativeCount = max(raised[index].cumulativeCount, raised[index - 1].cumulativeCount)
        }
        return raised
    }

    /// All buckets that hold anything, in order of their bounds, cut where they reach into the zero bucket.
    private static func ranges(of histogram: NativeHistogram) -> [(lower: Double, upper: Double, count: Double)] {
        func bounds(_ bucket: NativeHistogram.Bucket) -> (inner: Double, outer: Double) {
            (
                NativeHistogram.upperBound(of: bucket.index - 1, schema: histogram.schema),
                NativeHistogram.upperBound(of: bucket.index, schema: histogram.schema)
            )
        }
        let zero = histogram.zeroThreshold
        var ranges = histogram.negative.reversed().map { bucket in
            (lower: -bounds(bucket).outer, upper: min(-zero, -bounds(bucket).inner), count: bucket.count)
        }
        if histogram.zeroCount != 0 {
            ranges.append((-zero, zero, histogram.zeroCount))
        }
        ranges += histogram.positive.map { (max(zero, bounds($0).inner), bounds($0).outer, $0.count) }
        return ranges.filter { $0.count != 0 }
    }
}
