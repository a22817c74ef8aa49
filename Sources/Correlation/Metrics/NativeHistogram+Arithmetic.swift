package import Telemetry

/// What `rate` needs of native histograms, as Prometheus 2.42 computes it (`model/histogram/float_histogram.go`).
extension NativeHistogram {
    func scaled(by factor: Double) -> NativeHistogram {
        var scaled = self
        scaled.count *= factor
        scaled.sum *= factor
        scaled.zeroCount *= factor
        for index in positive.indices { scaled.positive[index].count *= factor }
        for index in negative.indices { scaled.negative[index].count *= factor }
        return scaled
    }

    /// The same observations in wider buckets; itself when `schema` is not below its own.
    package func reduced(to schema: Int32) -> NativeHistogram {
        guard schema < self.schema else { return self }
        let steps = self.schema - schema
        func merged(_ buckets: [Bucket]) -> [Bucket] {
            var wide: [Bucket] = []
            for bucket in buckets {
                // A bucket's index names its upper end, so 1 and 2 merge into 1, 0 and -1 into 0.
                let index = ((bucket.index - 1) >> steps) + 1
                if wide.last?.index == index {
                    wide[wide.count - 1].count += bucket.count
                } else {
                    wide.append(Bucket(index: index, count: bucket.count))
                }
            }
            return wide
        }
        var reduced = self
        reduced.schema = schema
        reduced.positive = merged(positive)
        reduced.negative = merged(negative)
        return reduced
    }

    mutating func add(_ other: NativeHistogram) { combine(other, sign: 1) }

    mutating func subtract(_ other: NativeHistogram) { combine(other, sign: -1) }

    /// Whether the histogram started again from zero after `earlier`: something in it became less.
    func isReset(after earlier: NativeHistogram) -> Bool {
        guard count >= earlier.count, zeroThreshold >= earlier.zeroThreshold, schema <= earlier.schema else {
            return true
        }
        let earlier = earlier.widened(zeroThreshold).reduced(to: schema)
        return zeroCount < earlier.zeroCount
            || NativeHistogram.hasShrunk(positive, since: earlier.positive)
            || NativeHistogram.hasShrunk(negative, since: earlier.negative)
    }

    private static func hasShrunk(_ now: [Bucket], since earlier: [Bucket]) -> Bool {
        let counts = Dictionary(now.map { ($0.index, $0.count) }, uniquingKeysWith: +)
        return earlier.contains { $0.count > 0 && counts[$0.index, default: 0] < $0.count }
    }

    private mutating func combine(_ other: NativeHistogram, sign: Double) {
        var other = other
        if other.zeroThreshold != zeroThreshold {
            let threshold = max(widened(other.zeroThreshold).zeroThreshold, other.widened(zeroThreshold).zeroThreshold)
            self = widened(threshold)
            other = other.widened(threshold)
        }
        other = other.reduced(to: schema)
        count += sign * other.count
        sum += sign * other.sum
        zeroCount += sign * other.zeroCount
        positive = NativeHistogram.sum(positive, other.positive, sign: sign)
        negative = NativeHistogram.sum(negative, other.negative, sign: sign)
    }

    private static func sum(_ left: [Bucket], _ right: [Bucket], sign: Double) -> [Bucket] {
        var counts = Dictionary(left.map { ($0.index, $0.count) }, uniquingKeysWith: +)
        for bucket in right { counts[bucket.index, default: 0] += sign * bucket.count }
        return counts.filter { $0.value != 0 }
            .map { Bucket(index: $0.key, count: $0.value) }
            .sorted { $0.index < $1.index }
    }

    /// The same observations with a zero bucket of at least `threshold`; it takes in buckets it reaches into, and ends
    /// where the last of those that hold anything ends.
    private func widened(_ threshold: Double) -> NativeHistogram {
        guard threshold > zeroThreshold else { return self }
        var limit = threshold
        var zeroCount = zeroCount
        func isReached(_ bucket: Bucket) -> Bool {
            NativeHistogram.upperBound(of: bucket.index - 1, schema: schema) < limit
        }
        for bucket in positive + negative where bucket.count != 0 && isReached(bucket) {
            zeroCount += bucket.count
            limit = max(limit, NativeHistogram.upperBound(of: bucket.index, schema: schema))
        }
        var wide = self
        wide.zeroThreshold = limit
        wide.zeroCount = zeroCount
        wide.positive = positive.filter { !isReached($0) }
        wide.negative = negative.filter { !isReached($0) }
        return wide
    }
}
