/// A mergeable log-linear histogram of durations in nanoseconds.
///
/// Each power of two is cut into equal sub-buckets, so every recorded value is off by less than one part in
/// `2 ^ subBucketBits` (7 bits: 0.8 %, 10 bits: 0.1 %). Only the window between the smallest and the largest bucket
/// is stored. Adding counts is exact and associative: workers, seconds and runs merge in any order.
/// Source: HdrHistogram, as in `spec/load.md` section 3.5. A value type, not for sharing between threads.
package struct LatencyHistogram: Sendable, Hashable {
    /// 7 for per-second and per-path histograms, 10 for totals.
    package let subBucketBits: Int
    package private(set) var count: UInt64 = 0
    package private(set) var sum: UInt64 = 0
    /// Smallest and largest value recorded, exact; 0 when empty.
    package private(set) var minimum: UInt64 = 0
    package private(set) var maximum: UInt64 = 0
    private(set) var firstBucket = 0
    private(set) var counts: [UInt32] = []

    package init(subBucketBits: Int = 7) {
        precondition((1...14).contains(subBucketBits), "subBucketBits must be 1...14")
        self.subBucketBits = subBucketBits
    }

    /// As it was taken apart; for who has checked that the parts agree.
    init(
        subBucketBits: Int,
        count: UInt64,
        sum: UInt64,
        minimum: UInt64,
        maximum: UInt64,
        firstBucket: Int,
        counts: [UInt32]
    ) {
        self.subBucketBits = subBucketBits
        self.count = count
        self.sum = sum
        self.minimum = minimum
        self.maximum = maximum
        self.firstBucket = firstBucket
        self.counts = counts
    }

    package var isEmpty: Bool { count == 0 }

    /// 0 when empty.
    package var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

    package mutating func record(_ nanoseconds: UInt64) {
        record(nanoseconds, times: 1)
    }

    package mutating func record(_ nanoseconds: UInt64, times: UInt64) {
        guard times > 0 else { return }
        add(times, at: bucket(of: nanoseconds))
        minimum = count == 0 ? nanoseconds : min(minimum, nanoseconds)
        maximum = max(maximum, nanoseconds)
        count += times
        sum &+= nanoseconds &* times
    }

    /// Adds the counts of a histogram of the same resolution.
    package mutating func merge(_ other: LatencyHistogram) {
        precondition(subBucketBits == other.subBucketBits, "histograms of different resolution do not merge")
        guard other.count > 0 else { return }
        for (offset, times) in other.counts.enumerated() where times > 0 {
            add(UInt64(times), at: other.firstBucket + offset)
        }
        minimum = count == 0 ? other.minimum : min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        count += other.count
        sum &+= other.sum
    }

    /// The value at quantile `q` in 0...1: the middle of the bucket that holds rank `ceil(q * count)`, inside
    /// `minimum...maximum`; 0 when empty.
    package func quantile(_ q: Double) -> UInt64 {
        guard count > 0 else { return 0 }
        let rank = min(count, max(1, UInt64((q * Double(count)).rounded(.up))))
        return value(atRank: rank)
    }

    /// The value of the `rank`th smallest record, 1-based.
    package func value(atRank rank: UInt64) -> UInt64 {
        if rank >= count { return maximum }
        var seen: UInt64 = 0
        for (offset, times) in counts.enumerated() {
            seen += UInt64(times)
            if seen >= rank {
                let range = bounds(of: firstBucket + offset)
                return min(max(range.lowerBound + (range.upperBound - range.lowerBound) / 2, minimum), maximum)
            }
        }
        return maximum
    }

    /// How many records lie in buckets wholly above the one that holds `nanoseconds`.
    package func count(above nanoseconds: UInt64) -> UInt64 {
        let limit = bucket(of: nanoseconds)
        var total: UInt64 = 0
        for (offset, times) in counts.enumerated() where firstBucket + offset > limit { total += UInt64(times) }
        return total
    }

    /// Occupied buckets in order: half-open bounds in nanoseconds and their counts.
    package var buckets: [(range: Range<UInt64>, count: UInt64)] {
        counts.enumerated().compactMap { offset, times in
            times == 0 ? nil : (bounds(of: firstBucket + offset), UInt64(times))
        }
    }

    private mutating func add(_ times: UInt64, at bucket: Int) {
        if counts.isEmpty {
            firstBucket = bucket
            counts = [0]
        } else if bucket < firstBucket {
            counts.insert(contentsOf: repeatElement(0, count: firstBucket - bucket), at: 0)
            firstBucket = bucket
        } else if bucket >= firstBucket + counts.count {
            counts.append(contentsOf: repeatElement(0, count: bucket - firstBucket - counts.count + 1))
        }
        let index = bucket - firstBucket
        counts[index] = UInt32(clamping: UInt64(counts[index]) + times)
    }

    /// The number of the bucket that a value falls into, ascending with the value.
    ///
    /// Below 2^(bits+1) a bucket is one nanosecond wide; above, each power of two has 2^bits buckets.
    package func bucket(of nanoseconds: UInt64) -> Int {
        let shift = max(0, 63 - subBucketBits - nanoseconds.leadingZeroBitCount)
        return (shift << subBucketBits) + Int(nanoseconds >> UInt64(shift))
    }

    private func bounds(of bucket: Int) -> Range<UInt64> {
        let shift = max(0, (bucket >> subBucketBits) - 1)
        let mantissa = UInt64(bucket - (shift << subBucketBits))
        let lower = mantissa << UInt64(shift)
        // The last bucket would end beyond what the type can say.
        let (upper, overflow) = lower.addingReportingOverflow(1 << UInt64(shift))
        return lower..<(overflow ? .max : upper)
    }
}

extension LatencyHistogram: Codable {
    // Compact for the store: resolution, window, exact extremes, and run lengths are left to compression.
    private enum CodingKeys: String, CodingKey {
        case subBucketBits = "bits"
        case firstBucket = "first"
        case counts, count, sum
        case minimum = "min"
        case maximum = "max"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let bits = try container.decode(Int.self, forKey: .subBucketBits)
        guard (1...14).contains(bits) else {
            throw DecodingError.dataCorruptedError(
                forKey: .subBucketBits,
                in: container,
                debugDescription: "not 1...14"
            )
        }
        self.init(subBucketBits: bits)
        firstBucket = try container.decode(Int.self, forKey: .firstBucket)
        counts = try container.decode([UInt32].self, forKey: .counts)
        count = try container.decode(UInt64.self, forKey: .count)
        sum = try container.decode(UInt64.self, forKey: .sum)
        minimum = try container.decode(UInt64.self, forKey: .minimum)
        maximum = try container.decode(UInt64.self, forKey: .maximum)
        // A file may say anything; what passes here must not overflow when it is merged or read.
        let bucketLimit = 64 << bits
        guard (0...bucketLimit).contains(firstBucket), counts.count <= bucketLimit - firstBucket, count < 1 << 48 else {
            throw DecodingError.dataCorruptedError(forKey: .counts, in: container, debugDescription: "out of range")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(subBucketBits, forKey: .subBucketBits)
        try container.encode(firstBucket, forKey: .firstBucket)
        try container.encode(counts, forKey: .counts)
        try container.encode(count, forKey: .count)
        try container.encode(sum, forKey: .sum)
        try container.encode(minimum, forKey: .minimum)
        try container.encode(maximum, forKey: .maximum)
    }
}
