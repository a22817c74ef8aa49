package import Plans

/// Arrivals at times that were given one by one.
package struct ReplayPacer: Pacer {
    private let times: [Duration]
    private var issued = 0

    package init(_ shape: RateShape) {
        times = shape.replay
    }

    package mutating func next() -> UInt64? {
        guard issued < times.count else { return nil }
        defer { issued += 1 }
        return UInt64(max(0, times[issued] / .nanoseconds(1)))
    }
}
