import Telemetry

/// Reads resource fields out of metric series, by the first source that has data for a service.
package struct ResourceReader: Sendable {
    private let store: SeriesStore
    private let overrides: [ResourceField: [MetricSource]]

    /// `overrides` replace the standard sources of a field.
    package init(store: SeriesStore, overrides: [ResourceField: [MetricSource]] = [:]) {
        self.store = store
        self.overrides = overrides
    }

    /// `nil` when no source has data between the two ends, Unix nanoseconds.
    ///
    /// The services' values are added up. For a source that grows, `average` is its increase over the whole window
    /// (a second, for a rate).
    package func reading(of field: ResourceField, from start: UInt64, to end: UInt64) -> ResourceReading? {
        guard start < end else { return nil }
        let sources = overrides[field] ?? MetricSource.standard(field)
        for scope in MetricSource.Scope.allCases {
            let readings = read(sources.filter { $0.scope == scope }, from: start, to: end)
            guard !readings.isEmpty else { continue }
            return ResourceReading(
                average: readings.reduce(0) { $0 + $1.average },
                peak: readings.reduce(0) { $0 + $1.peak },
                metrics: Set(readings.flatMap(\.metrics)).sorted()
            )
        }
        return nil
    }

    /// One reading a service, from the first source that has any of its series.
    private func read(_ sources: [MetricSource], from start: UInt64, to end: UInt64) -> [ResourceReading] {
        var answered: Set<String> = []
        var readings: [ResourceReading] = []
        for source in sources {
            for name in source.names {
                let series = store.points(named: name, from: start, to: end).filter(source.accepts)
                let services = Dictionary(grouping: series) { $0.labels["service"] ?? "" }
                for (service, series) in services where !answered.contains(service) {
                    guard let reading = read(source, name: name, series, from: start, to: end) else { continue }
                    answered.insert(service)
                    readings.append(reading)
                }
            }
        }
        return readings
    }

    private func read(
        _ source: MetricSource,
        name: String,
        _ series: [MetricSeries],
        from start: UInt64,
        to end: UInt64
    ) -> ResourceReading? {
        switch source.use {
        case .value:
            let sums = SeriesSum.values(series.map(\.points))
            guard let peak = sums.max() else { return nil }
            let average = sums.reduce(0, +) / Double(sums.count)
            return ResourceReading(average: average * source.scale, peak: peak * source.scale, metrics: [name])
        case .rate, .increase:
            let window = Duration.nanoseconds(Int64(clamping: end - start))
            let selections = series.map { RangeSelection($0, endingAt: end, window: window) }
            let growth = selections.compactMap(
                source.use == .rate ? CounterIncrease.rate : CounterIncrease.increase
            )
            guard !growth.isEmpty else { return nil }
            let average = growth.reduce(0, +)
            let steps = SeriesSum.values(series.map { SeriesSum.slopes(of: $0.points) })
            let peak = source.use == .rate ? max(average, steps.max() ?? average) : average
            return ResourceReading(average: average * source.scale, peak: peak * source.scale, metrics: [name])
        }
    }
}
