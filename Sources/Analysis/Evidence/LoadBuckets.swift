import Statistics
import Telemetry

/// A test's measured window cut into stretches of equal length, with how many requests were in flight in each.
struct LoadBuckets {
    /// Unix nanoseconds.
    let start: UInt64
    let width: UInt64
    /// Mean number of requests in flight, by bucket.
    let concurrency: [Double]

    /// At most 10 seconds wide, so that there are 12 buckets where the test is long enough; `nil` below 8 seconds.
    init?(_ load: TestLoad) {
        let length = load.endedAt > load.measuredFrom ? load.endedAt - load.measuredFrom : 0
        let width = min(10_000_000_000, max(1_000_000_000, length / 12))
        let count = Int(length / width)
        guard count >= 8 else { return nil }
        start = load.measuredFrom
        self.width = width
        var busy = [Double](repeating: 0, count: count)
        for sample in load.samples where sample.finishedAt > sample.sentAt && sample.finishedAt > load.measuredFrom {
            let from = max(sample.sentAt, load.measuredFrom) - load.measuredFrom
            let to = sample.finishedAt - load.measuredFrom
            var bucket = Int(from / width)
            while bucket < count, UInt64(bucket) * width < to {
                let edge = UInt64(bucket) * width
                busy[bucket] += Double(min(to, edge + width) - max(from, edge))
                bucket += 1
            }
        }
        concurrency = busy.map { $0 / Double(width) }
    }

    var count: Int { concurrency.count }

    /// Seconds from the start of the window to the middle of a bucket.
    func seconds(_ bucket: Int) -> Double { (Double(bucket) + 0.5) * Double(width) / 1e9 }

    func bucket(of time: UInt64) -> Int? {
        guard time >= start else { return nil }
        let bucket = Int((time - start) / width)
        return bucket < count ? bucket : nil
    }

    /// The median of values by the bucket in which they arose; `nil` for a bucket with fewer than `least`.
    func medians(_ values: [(time: UInt64, value: Double)], least: Int = 3) -> [Double?] {
        var gathered = [[Double]](repeating: [], count: count)
        for (time, value) in values { if let bucket = bucket(of: time) { gathered[bucket].append(value) } }
        return gathered.map { $0.count < least ? nil : RobustScale.median($0) }
    }

    /// How a quantity grows with concurrency: the slope of its logarithm on that of concurrency.
    ///
    /// - Returns: `nil` with fewer than 8 buckets that have both, or where concurrency varies less than threefold.
    func growth(of medians: [Double?]) -> ConcurrencyGrowth? {
        let pairs = zip(concurrency, medians).compactMap { pair -> (x: Double, y: Double)? in
            guard let value = pair.1, value > 0, pair.0 > 0 else { return nil }
            return (pair.0, value)
        }
        guard pairs.count >= 8, let least = pairs.map(\.x).min(), let most = pairs.map(\.x).max(), most >= 3 * least
        else { return nil }
        return ConcurrencyGrowth(pairs)
    }
}
