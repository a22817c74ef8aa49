import Analysis
import Correlation
import Plans
import Telemetry

/// CPU and memory of the target during a test, from the standard process metrics of its Prometheus endpoints.
struct ResourceMeasurement: Sendable {
    let series: SeriesStore
    let memoryQuotaMiB: Double?
    let cpuQuotaCores: Double?

    /// What the target used in a measured window, whose ends are Unix nanoseconds.
    func usage(from start: UInt64, to end: UInt64) -> ResourceUsage {
        var usage = ResourceUsage()
        usage.memoryQuotaMiB = memoryQuotaMiB
        usage.cpuQuotaCores = cpuQuotaCores
        let cpu = series.points(named: "process_cpu_seconds_total", from: start, to: end)
        let rates = cpu.map { ResourceMeasurement.rates(of: $0.points) }
        let averages = rates.compactMap(\.average)
        if !averages.isEmpty {
            usage.cpuAveragePercent = averages.reduce(0, +) * 100
            usage.cpuPeakPercent = rates.compactMap(\.peak).reduce(0, +) * 100
        }
        let memory = series.points(named: "process_resident_memory_bytes", from: start, to: end)
        let peaks = memory.compactMap { $0.points.map(\.value).max() }
        if !peaks.isEmpty { usage.memoryPeakMiB = peaks.reduce(0, +) / 1_048_576 }
        return usage
    }

    // Cores used: over the whole window, and in the busiest scrape interval. A reset (the process restarted)
    // starts counting from zero, as Prometheus does.
    private static func rates(of points: [MetricSeries.Point]) -> (average: Double?, peak: Double?) {
        guard let first = points.first, let last = points.last, last.timeNanoseconds > first.timeNanoseconds else {
            return (nil, nil)
        }
        var increase = 0.0
        var peak = 0.0
        for (before, after) in zip(points, points.dropFirst()) {
            let step = after.value >= before.value ? after.value - before.value : after.value
            increase += step
            let seconds = Double(after.timeNanoseconds - before.timeNanoseconds) / 1e9
            if seconds > 0 { peak = max(peak, step / seconds) }
        }
        let seconds = Double(last.timeNanoseconds - first.timeNanoseconds) / 1e9
        return (increase / seconds, peak)
    }
}
