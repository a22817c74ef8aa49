extension LatencyHistogram {
    /// How many buckets there can be at a resolution: numbers of buckets are below.
    package static func bucketLimit(subBucketBits: Int) -> Int { 64 << subBucketBits }

    /// The buckets between the lowest and the highest that is occupied: the number of the first, and every count from there on.
    ///
    /// What a compact store writes; `init(subBucketBits:sum:extremes:stretch:)` reads it back.
    package var stretch: (first: Int, counts: [UInt32]) { (firstBucket, counts) }

    /// Restores what was written down, `nil` where it contradicts itself or is out of range; `count` is that of all buckets.
    ///
    /// - Parameters:
    ///   - subBucketBits: 1...14.
    ///   - sum: of all values, nanoseconds.
    ///   - extremes: the smallest and the largest value, nanoseconds.
    ///   - stretch: as `stretch` gave it.
    package init?(
        subBucketBits: Int,
        sum: UInt64,
        extremes: (minimum: UInt64, maximum: UInt64),
        stretch: (first: Int, counts: [UInt32])
    ) {
        guard (1...14).contains(subBucketBits) else { return nil }
        let limit = LatencyHistogram.bucketLimit(subBucketBits: subBucketBits)
        guard
            (0..<limit).contains(stretch.first), stretch.counts.count <= limit - stretch.first,
            extremes.minimum <= extremes.maximum
        else { return nil }
        var count: UInt64 = 0
        for occupied in stretch.counts { count += UInt64(occupied) }
        guard count > 0, count < 1 << 48 else { return nil }
        self.init(
            subBucketBits: subBucketBits,
            count: count,
            sum: sum,
            minimum: extremes.minimum,
            maximum: extremes.maximum,
            firstBucket: stretch.first,
            counts: stretch.counts
        )
    }
}
