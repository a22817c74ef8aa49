/// Requests in flight, measured twice: Little's law says that both must agree.
///
/// `N = X · R`: the mean number in flight is the rate of requests times their mean service time. The left side is counted
/// by the loop as it goes, the right side comes from the time stamps of the requests, so that a lost answer or a wrong
/// stamp shows. Warm-up and requests cut off at the end count on both sides. Source: Little, "A proof for the queuing
/// formula L = λW", 1961; `spec/load.md` section 3.4.
package struct ConcurrencyCheck: Sendable, Hashable, Codable {
    /// Nanoseconds times requests in flight, as the loop counted.
    package var counted: UInt64 = 0
    /// Service times of all requests, nanoseconds.
    package var stamped: UInt64 = 0
    package var requests: UInt64 = 0

    // An answer stays in flight for the loop until its turn, while its stamp tells when it came.
    private static let allowedShare = 0.2
    private static let allowedNanosecondsPerRequest = 1e6

    package init() {}

    /// Whether the two agree within what the loop's own turns explain.
    package var holds: Bool {
        let (counted, stamped) = (Double(counted), Double(stamped))
        return abs(counted - stamped)
            <= ConcurrencyCheck.allowedShare * max(counted, stamped)
            + ConcurrencyCheck.allowedNanosecondsPerRequest * Double(requests)
    }

    /// Mean requests in flight over so many nanoseconds, counted and stamped.
    package func means(over nanoseconds: UInt64) -> (counted: Double, stamped: Double) {
        let time = Double(max(1, nanoseconds))
        return (Double(counted) / time, Double(stamped) / time)
    }

    /// Notes that a request was in flight from `start` to `end`, monotonic nanoseconds.
    package mutating func add(from start: UInt64, to end: UInt64) {
        stamped &+= end > start ? end - start : 0
        requests += 1
    }

    package mutating func merge(_ other: ConcurrencyCheck) {
        counted &+= other.counted
        stamped &+= other.stamped
        requests += other.requests
    }
}
