package import Correlation

extension ResourceSeries {
    /// Reads what well-known metrics say about services; series that name no service, or of other names, are left out.
    ///
    /// - Parameters:
    ///   - series: as scraped or received, points in order of time.
    ///   - cores: what a process may use where no quota is known; `nil` leaves its CPU out.
    /// - Returns: one a series that is understood, in the order given.
    package static func from(_ series: [MetricSeries], cores: Double?) -> [ResourceSeries] {
        series.flatMap { series -> [ResourceSeries] in
            guard let service = service(of: series.labels) else { return [] }
            let instance = ["instance", "pod", "service_instance_id", "k8s_pod_name"].lazy
                .compactMap { series.labels[$0] }.first
            let readings = [known[series.name], load(named: series.name)].compactMap { $0 }
            return readings.compactMap { kind, reading in
                let points = reading.points(of: series, cores: cores)
                guard !points.isEmpty else { return nil }
                return ResourceSeries(service: service, instance: instance, kind: kind, points: points)
            }
        }
    }

    /// How a metric tells of used CPU in a unit of its own: by what its name says, for exporters call it many things.
    ///
    /// Shares of a node or of a limit are left to those that know the limit.
    private static func load(named name: String) -> (Kind, Reading)? {
        let word = name.lowercased().filter { $0 != "_" && $0 != "." && $0 != ":" }
        guard word.contains("cpuusage") || word.contains("cpuseconds") || word.contains("cputime"),
            !word.hasPrefix("node"), !word.contains("throttl"), !word.contains("waiting")
        else { return nil }
        let isShare = word.contains("rate") || word.contains("ratio") || word.contains("percent")
        guard !isShare else { return nil }
        return (.cpuLoad, word.hasSuffix("total") ? .rate(1) : .gauge(1))
    }

    /// Whether a metric's name is one of those that are understood.
    package static func understands(_ name: String) -> Bool { known[name] != nil || load(named: name) != nil }

    /// The metrics that are understood, in order.
    package static var metricNames: [String] { known.keys.sorted() }

    /// How a metric's points become those of a kind.
    private enum Reading {
        /// As they are, times a factor.
        case gauge(Double)
        /// Increase per second, times a factor.
        case rate(Double)
        /// Increase per second over the cores a process may use.
        case cores
        /// Increase since the first point.
        case increase

        func points(of series: MetricSeries, cores: Double?) -> [Point] {
            var series = series
            // Stale markers are no numbers.
            series.points.removeAll { !$0.value.isFinite }
            switch self {
            case .gauge(let factor):
                return series.points.map { Point(time: $0.timeNanoseconds, value: $0.value * factor) }
            case .rate(let factor):
                return rates(series.points, factor: factor)
            case .cores:
                return cores.map { rates(series.points, factor: 1 / $0) } ?? []
            case .increase:
                let first = series.points.first?.value ?? 0
                return series.points.map { Point(time: $0.timeNanoseconds, value: max(0, $0.value - first)) }
            }
        }

        // A counter that falls was reset, and counts from zero again.
        private func rates(_ points: [MetricSeries.Point], factor: Double) -> [Point] {
            zip(points, points.dropFirst()).compactMap { before, after in
                guard after.timeNanoseconds > before.timeNanoseconds else { return nil }
                let seconds = Double(after.timeNanoseconds - before.timeNanoseconds) / 1e9
                let step = after.value >= before.value ? after.value - before.value : after.value
                return Point(time: after.timeNanoseconds, value: step / seconds * factor)
            }
        }
    }

    private static let known: [String: (Kind, Reading)] = [
        "process_cpu_seconds_total": (.cpu, .cores),
        "container_cpu_usage_seconds_total": (.cpu, .cores),
        "process_cpu_utilization": (.cpu, .gauge(1)),
        "process_cpu_utilization_ratio": (.cpu, .gauge(1)),
        "k8s_container_cpu_limit_utilization": (.cpu, .gauge(1)),
        "k8s_pod_cpu_limit_utilization": (.cpu, .gauge(1)),
        "container_cpu_throttled_ratio": (.throttling, .gauge(1)),
        "jvm_gc_duration_seconds_sum": (.garbageCollection, .rate(1)),
        "jvm_gc_pause_seconds_sum": (.garbageCollection, .rate(1)),
        "go_gc_duration_seconds_sum": (.garbageCollection, .rate(1)),
        "dotnet_gc_pause_time_seconds_total": (.garbageCollection, .rate(1)),
        "jvm_gc_pause_seconds_max": (.garbagePause, .gauge(1_000)),
        "k8s_container_memory_limit_utilization": (.memory, .gauge(1)),
        "k8s_pod_memory_limit_utilization": (.memory, .gauge(1)),
        "kube_pod_container_status_restarts_total": (.restarts, .increase),
        "k8s_container_restarts": (.restarts, .increase),
        "node_disk_io_time_seconds_total": (.disk, .rate(1)),
        "node_pressure_cpu_waiting_seconds_total": (.pressure, .rate(1)),
        "node_pressure_io_waiting_seconds_total": (.pressure, .rate(1)),
        "container_pressure_cpu_waiting_seconds_total": (.pressure, .rate(1)),
        "db_client_connection_pending_requests": (.poolPending, .gauge(1)),
        "db_client_connections_pending_requests": (.poolPending, .gauge(1)),
        "hikaricp_connections_pending": (.poolPending, .gauge(1)),
        "db_client_connection_timeouts_total": (.poolTimeouts, .increase),
        "db_client_connections_timeouts_total": (.poolTimeouts, .increase),
        "hikaricp_connections_timeout_total": (.poolTimeouts, .increase),
    ]

    private static func service(of labels: [String: String]) -> String? {
        ["service_name", "service", "app", "container", "job"].lazy.compactMap { labels[$0] }.first { !$0.isEmpty }
    }
}
