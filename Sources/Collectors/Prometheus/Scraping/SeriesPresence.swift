import Telemetry

/// Which series a target showed in its last scrape, so that one that is gone can be ended.
struct SeriesPresence {
    private struct Key: Hashable {
        var name: String
        var labels: [String: String]
    }

    private var present: [Key: MetricKind] = [:]

    /// Notes one scrape, none of whose points a failed one has.
    ///
    /// Returns a stale marker for each series that the scrape before had and this one has not.
    mutating func update(_ points: [MetricPoint], at time: UInt64) -> [MetricPoint] {
        var now: [Key: MetricKind] = [:]
        now.reserveCapacity(points.count)
        for point in points { now[Key(name: point.name, labels: point.labels)] = point.kind }
        let ended = present.filter { now[$0.key] == nil }
        present = now
        return ended.map { key, kind in
            MetricPoint(
                name: key.name,
                labels: key.labels,
                kind: kind,
                value: MetricPoint.staleMarker,
                timeNanoseconds: time
            )
        }
    }
}
