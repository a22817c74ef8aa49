/// What a service used over time, from metrics, in units that thresholds apply to.
///
/// The minimal model behind F19, F20 and F25–F28: each kind has one meaning whatever exporter told it
/// (`ResourceSeries+Metrics.swift` maps the usual names).
package struct ResourceSeries: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Used CPU over the limit (the quota, else the machine's cores), 0...1.
        case cpu
        /// Used CPU in whatever unit its exporter has: comparable with itself alone.
        case cpuLoad
        /// Share of scheduling periods in which the container was throttled, 0...1.
        case throttling
        /// Share of wall time spent in garbage collection, 0...1.
        case garbageCollection
        /// Longest or p99 collection pause, milliseconds.
        case garbagePause
        /// Working set over the limit, 0...1.
        case memory
        /// Restarts since the start of the series, a count that grows.
        case restarts
        /// Busy share of the disk, of the network's capacity, and of time in which tasks were stalled (PSI), 0...1.
        case disk, network, pressure
        /// Connection pools: waiting time in milliseconds, waiting callers, used over size 0...1, timeouts (a count).
        case poolWait, poolPending, poolUse, poolTimeouts
    }

    package struct Point: Sendable, Hashable, Codable {
        /// Unix nanoseconds.
        package var time: UInt64
        package var value: Double

        package init(time: UInt64, value: Double) {
            self.time = time
            self.value = value
        }
    }

    /// As in spans' `service.name`.
    package var service: String
    package var instance: String?
    package var kind: Kind
    /// In order of time.
    package var points: [Point]

    package init(service: String, instance: String? = nil, kind: Kind, points: [Point]) {
        self.service = service
        self.instance = instance
        self.kind = kind
        self.points = points
    }

    /// The points inside a window, both ends included.
    func values(from start: UInt64, to end: UInt64) -> [Double] {
        points.filter { start <= $0.time && $0.time <= end }.map(\.value)
    }
}
