import Analysis

/// One kind of metric over the time of a test, a line a service: a lane below the latency, on the same time axis.
struct MetricLane {
    private static let kinds: [(kind: ResourceSeries.Kind, title: String, isShare: Bool)] = [
        (.cpu, "CPU of its limit", true), (.cpuLoad, "CPU", false), (.throttling, "throttled", true),
        (.memory, "memory of its limit", true), (.garbageCollection, "time in garbage collection", true),
        (.garbagePause, "longest collection, ms", false), (.poolUse, "pool in use", true),
        (.poolPending, "waiting for the pool", false), (.poolWait, "wait for the pool, ms", false),
        (.pressure, "stalled", true), (.disk, "disk busy", true), (.network, "network busy", true),
        (.restarts, "restarts", false), (.poolTimeouts, "pool timeouts", false),
    ]
    private static let maximumLanes = 4
    private static let maximumLines = 4

    struct Line {
        var service: String
        /// Share of the test's time in 0...1, and the value.
        var points: [(x: Double, value: Double)]
    }

    let title: String
    let lines: [Line]
    let scale: ChartScale
    let isShare: Bool

    /// Of the metrics that were scraped while the test ran; the first kinds that there are.
    static func all(_ metrics: [ResourceSeries], from start: UInt64, nanoseconds length: Double) -> [MetricLane] {
        guard length > 0 else { return [] }
        let lanes = kinds.compactMap { kind -> MetricLane? in
            let lines = metrics.filter { $0.kind == kind.kind }.compactMap { line($0, from: start, length) }
            guard !lines.isEmpty else { return nil }
            return MetricLane(kind.title, lines, isShare: kind.isShare)
        }
        return Array(lanes.prefix(maximumLanes))
    }

    // The busiest services: a lane has room for a few lines.
    private init(_ title: String, _ lines: [Line], isShare: Bool) {
        func peak(_ line: Line) -> Double { line.points.map(\.value).max() ?? 0 }
        let busiest = lines.enumerated()
            .sorted { (peak($1.element), $0.offset) < (peak($0.element), $1.offset) }
            .prefix(MetricLane.maximumLines).map(\.element)
        self.lines = busiest
        self.isShare = isShare
        let highest = busiest.map(peak).max() ?? 0
        scale = ChartScale(upTo: isShare ? max(1, highest) : highest * 1.1)
        let names = busiest.map { line in
            "\(line.service) up to \(isShare ? Quantity.percent(peak(line)) : Quantity.mean(peak(line)))"
        }
        let more = lines.count > busiest.count ? ", and \(lines.count - busiest.count) more" : ""
        self.title = "\(title): \(names.joined(separator: ", "))\(more)"
    }

    private static func line(_ series: ResourceSeries, from start: UInt64, _ length: Double) -> Line? {
        let points = series.points.compactMap { point -> (x: Double, value: Double)? in
            guard point.time >= start, point.value.isFinite else { return nil }
            let x = Double(point.time - start) / length
            return x <= 1 ? (x, max(0, point.value)) : nil
        }
        return points.count > 1 ? Line(service: PlainText.clean(series.service, limit: 40), points: points) : nil
    }
}
