/// A Prometheus histogram with exponential buckets: bucket `i` of schema `s` ends at `2^(i / 2^s)`.
///
/// Counts are floats because rates of histograms are histograms too. Buckets are sparse and in order of their index.
/// `histogramQuantile` and `rate` over these are in `Correlation`.
package struct NativeHistogram: Sendable, Hashable {
    package struct Bucket: Sendable, Hashable {
        package var index: Int32
        /// In this bucket alone, not cumulative.
        package var count: Double

        package init(index: Int32, count: Double) {
            self.index = index
            self.count = count
        }
    }

    /// -4…8: each step up doubles the number of buckets to a power of two.
    package var schema: Int32
    package var count: Double
    package var sum: Double
    /// Observations from minus to plus this are in the zero bucket.
    package var zeroThreshold: Double
    package var zeroCount: Double
    package var positive: [Bucket]
    /// By distance from zero, so index 1 of the negative side mirrors index 1 of the positive.
    package var negative: [Bucket]

    package init(
        schema: Int32,
        count: Double,
        sum: Double,
        zeroThreshold: Double = 0,
        zeroCount: Double = 0,
        positive: [Bucket] = [],
        negative: [Bucket] = []
    ) {
        self.schema = schema
        self.count = count
        self.sum = sum
        self.zeroThreshold = zeroThreshold
        self.zeroCount = zeroCount
        self.positive = positive
        self.negative = negative
    }

    /// The schemas Prometheus accepts; any other histogram is refused where it arrives.
    package static let schemas: ClosedRange<Int32> = -4...8

    /// The upper end of a bucket's distance from zero; the lower end is that of the index before.
    package static func upperBound(of index: Int32, schema: Int32) -> Double {
        ExponentialBounds.upperBound(of: index, schema: schema)
    }
}
