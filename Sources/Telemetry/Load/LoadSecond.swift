package import Statistics

/// One second of the schedule: arrivals that were due in it, whenever they ended.
package struct LoadSecond: Sendable, Hashable, Codable {
    package var scheduled: UInt64 = 0
    package var answered: UInt64 = 0
    package var failed: UInt64 = 0
    package var latency = LatencyHistogram()

    package init() {}

    package mutating func merge(_ other: LoadSecond) {
        scheduled += other.scheduled
        answered += other.answered
        failed += other.failed
        latency.merge(other.latency)
    }
}
