import Correlation
import Statistics

/// What one operation did since the process started: counters that only grow.
struct OperationCounters {
    /// Upper bounds of the buckets, seconds; one bucket more holds the rest.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// Not cumulative, one a bucket.
    private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
    private(set) var exemplars = [ExpositionExemplar?](repeating: nil, count: bounds.count + 1)
    private(set) var seconds = 0.0
    private(set) var errors = 0
    private(set) var entries = 0
    /// Spans a window, the last windows counting most.
    private(set) var rate = 0.0

    var count: UInt64 { counts.reduce(0, +) }

    init() {}

    /// Of one window.
    ///
    /// A bucket of its sketch goes where its middle lies, so that a bound is off by 1.1 % at most.
    init(_ window: OperationWindow) {
        for (range, times) in window.total.buckets {
            let middle = Double(range.lowerBound + (range.upperBound - range.lowerBound) / 2) / 1e9
            counts[OperationCounters.bucket(of: middle)] += times
        }
        seconds = Double(window.total.sum) / 1e9
        errors = window.errors
        entries = window.entries
        rate = Double(window.count)
    }

    mutating func add(_ other: OperationCounters) {
        for index in counts.indices { counts[index] += other.counts[index] }
        seconds += other.seconds
        errors += other.errors
        entries += other.entries
    }

    /// Adds another version of the same operation in the same window.
    mutating func merge(_ other: OperationCounters) {
        add(other)
        rate += other.rate
    }

    /// Follows the traffic of one more window.
    mutating func observe(rate now: Double) {
        rate += (now - rate) * 0.1
    }

    /// Keeps the newest of each bucket.
    mutating func show(_ exemplar: ExpositionExemplar) {
        let bucket = OperationCounters.bucket(of: exemplar.value)
        // One that the sketch has counted in the bucket beside would stand at a count of zero.
        guard counts[bucket] > 0, exemplars[bucket].map({ $0.time < exemplar.time }) ?? true else { return }
        exemplars[bucket] = exemplar
    }

    private static func bucket(of seconds: Double) -> Int {
        bounds.firstIndex { seconds <= $0 } ?? bounds.count
    }
}
