import Analysis
import Correlation
import Plans

/// What the target used during a test, from whatever metrics it has (`MetricSource.standard`).
struct ResourceMeasurement: Sendable {
    let series: SeriesStore
    let memoryQuotaMiB: Double?
    let cpuQuotaCores: Double?
    let overrides: [MetricOverride]

    /// What the target used in a measured window, whose ends are Unix nanoseconds.
    func usage(from start: UInt64, to end: UInt64) -> ResourceUsage {
        let reader = ResourceReader(store: series, overrides: sources)
        func reading(_ field: ResourceField) -> ResourceReading? { reader.reading(of: field, from: start, to: end) }
        var usage = ResourceUsage()
        usage.memoryQuotaMiB = memoryQuotaMiB
        usage.cpuQuotaCores = cpuQuotaCores
        let cpu = reading(.cpuUsagePct)
        usage.cpuAveragePercent = cpu?.average
        usage.cpuPeakPercent = cpu?.peak
        usage.memoryPeakMiB = reading(.memoryUsageMb)?.peak
        usage.collections = reading(.gcActivityCount)?.average
        usage.threadsPeak = reading(.threads)?.peak
        usage.queueDepthPeak = reading(.queueDepth)?.peak
        return usage
    }

    private var sources: [ResourceField: [MetricSource]] {
        Dictionary(grouping: overrides, by: { ResourceMeasurement.field($0.field) }).mapValues { entries in
            entries.map { entry in
                MetricSource(
                    entry.metric,
                    use: ResourceMeasurement.use(entry.use),
                    scale: entry.scale,
                    labels: entry.labels
                )
            }
        }
    }

    private static func field(_ field: MetricOverride.Field) -> ResourceField {
        switch field {
        case .cpuUsagePct: .cpuUsagePct
        case .memoryUsageMb: .memoryUsageMb
        case .gcActivityCount: .gcActivityCount
        case .threads: .threads
        case .queueDepth: .queueDepth
        }
    }

    private static func use(_ use: MetricOverride.Use) -> MetricSource.Use {
        switch use {
        case .value: .value
        case .rate: .rate
        case .increase: .increase
        }
    }
}
