import Listeners

/// How the ports keep up with those who connect.
enum ConnectionMetrics {
    /// By the name of the port.
    static func families(_ ports: [(name: String, counts: ConnectionCounters.Snapshot)]) -> [MetricFamily] {
        func samples(_ value: (ConnectionCounters.Snapshot) -> Int) -> [MetricSample] {
            ports.map { MetricSample(Double(value($0.counts)), ["port": $0.name]) }
        }
        return [
            MetricFamily("plimsoll_open_connections", .gauge, "Connections that are open.", samples(\.open)),
            MetricFamily(
                "plimsoll_connections_closed_for_room",
                .counter,
                "Idle connections that were closed because another one came.",
                samples(\.closedForRoom)
            ),
            MetricFamily(
                "plimsoll_refused_connections",
                .counter,
                "Connections that were refused: no room, and none idle.",
                samples(\.refused)
            ),
        ]
    }
}
