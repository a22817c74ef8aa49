import Statistics
package import Telemetry

/// Reads from the seconds of a soak test whether latency drifted; a pure value.
package struct DriftReading: Sendable {
    // Enough for a slope, and long enough windows that one is nearly independent of the next.
    private static let windows = 60
    private static let smallest = 8

    package init() {}

    /// `nil` below eight seconds with answers.
    package func drift(in load: TestLoad) -> SoakDrift? {
        let first = Int((Double(load.measuredFrom - load.startedAt) / 1e9).rounded(.up))
        // The last second is cut off by the end of the schedule.
        let seconds = load.seconds.dropFirst(first)
        guard seconds.count(where: { $0.answered > 0 }) >= DriftReading.smallest else { return nil }
        let width = max(1, (seconds.count + DriftReading.windows - 1) / DriftReading.windows)
        var p95: [(x: Double, y: Double)] = []
        var errors: [(x: Double, y: Double)] = []
        for start in stride(from: seconds.startIndex, to: seconds.endIndex, by: width) {
            let window = seconds[start..<min(start + width, seconds.endIndex)]
            var latency = LatencyHistogram()
            for second in window { latency.merge(second.latency) }
            let middle = Double(start - seconds.startIndex) + Double(window.count) / 2
            guard !latency.isEmpty else { continue }
            p95.append((middle, Double(latency.quantile(0.95)) / 1e6))
            let due = window.reduce(0) { $0 + $1.scheduled }
            let failed = window.reduce(0) { $0 + $1.failed }
            if due > 0 { errors.append((middle, Double(failed) / Double(due) * 100)) }
        }
        let length = Double(seconds.count)
        let series = [
            SoakDrift.Series(name: "latency p95", unit: "ms", points: p95, length: length, matters: 0.1),
            SoakDrift.Series(name: "errors", unit: "%", points: errors, length: length, matters: 0.1),
        ].compactMap(\.self)
        return series.isEmpty ? nil : SoakDrift(series: series)
    }
}

extension SoakDrift.Series {
    /// The trend of values over seconds; `nil` where the points determine none.
    ///
    /// `length` is that of the test in seconds, `matters` the change over the whole test, as a share of the start, from
    /// which a drift is large enough to tell.
    package init?(name: String, unit: String, points: [(x: Double, y: Double)], length: Double, matters: Double) {
        guard let trend = RobustTrend(points) else { return nil }
        let start = trend.value(at: 0)
        let end = trend.value(at: length)
        self.init(
            name: name,
            unit: unit,
            start: start,
            end: end,
            perHour: trend.slope * 3600,
            perHourLow: trend.slopeInterval.lowerBound * 3600,
            perHourHigh: trend.slopeInterval.upperBound * 3600,
            confidence: trend.confidence,
            isDrifting: trend.confidence >= 0.95 && abs(end - start) > matters * max(abs(start), 1e-9)
        )
    }
}
