import Synchronization
package import Telemetry

/// Keeps metric points in memory, bounded by series, points and exemplars; what finds no room is counted.
///
/// Safe to call from any thread.
package final class SeriesStore: Sendable {
    private struct SeriesKey: Hashable {
        var name: String
        var labels: [String: String]
    }

    private struct State {
        var numbers: [SeriesKey: Int] = [:]
        var byName: [String: [Int]] = [:]
        var series: [MetricSeries] = []
        var points = 0
        var exemplars = 0
        var dropped = 0
        var droppedExemplars = 0
    }

    private let state = Mutex(State())
    private let limits: SeriesLimits

    package init(limits: SeriesLimits = SeriesLimits()) {
        self.limits = limits
    }

    /// Takes the points of one scrape or request; returns how many found no room.
    @discardableResult
    package func append(_ points: [MetricPoint]) -> Int {
        state.withLock { state in
            var refused = 0
            for point in points where !insert(point, into: &state) { refused += 1 }
            state.dropped += refused
            return refused
        }
    }

    /// Every series of a name with what it has in a window, both ends included; series without any are left out.
    ///
    /// `labels` are those a series must have. Series in order of their labels, points in order of time.
    package func points(
        named name: String,
        where labels: [String: String] = [:],
        from: UInt64,
        to: UInt64
    ) -> [MetricSeries] {
        let found = state.withLock { state in (state.byName[name] ?? []).map { state.series[$0] } }
        func isInside(_ time: UInt64) -> Bool { from <= time && time <= to }
        return found.compactMap { series in
            guard labels.allSatisfy({ series.labels[$0.key] == $0.value }) else { return nil }
            var window = series
            window.points = series.points.filter { isInside($0.timeNanoseconds) }
                .sorted { $0.timeNanoseconds < $1.timeNanoseconds }
            window.histograms = series.histograms.filter { isInside($0.timeNanoseconds) }
                .sorted { $0.timeNanoseconds < $1.timeNanoseconds }
            window.exemplars = series.exemplars.filter { isInside($0.timeNanoseconds) }
            let isEmpty = window.points.isEmpty && window.histograms.isEmpty && window.exemplars.isEmpty
            return isEmpty ? nil : window
        }
        .sorted { $0.sortedLabels.lexicographicallyPrecedes($1.sortedLabels) }
    }

    /// Points that found no room so far.
    package var dropped: Int { state.withLock { $0.dropped } }

    /// Exemplars that found no room so far; their points were kept.
    package var droppedExemplars: Int { state.withLock { $0.droppedExemplars } }

    /// Names of all series, in order.
    package var names: [String] { state.withLock { $0.byName.keys.sorted() } }

    private func insert(_ point: MetricPoint, into state: inout State) -> Bool {
        let histogram = point.isStale ? nil : point.histogram
        let weight = point.hasOnlyExemplars ? 0 : 1 + (histogram.map { $0.positive.count + $0.negative.count } ?? 0)
        guard state.points + weight <= limits.points else { return false }
        let key = SeriesKey(name: point.name, labels: point.labels)
        let number: Int
        if let known = state.numbers[key] {
            number = known
        } else {
            guard state.series.count < limits.series else { return false }
            number = state.series.count
            state.numbers[key] = number
            state.byName[point.name, default: []].append(number)
            state.series.append(MetricSeries(name: point.name, labels: point.labels, kind: point.kind))
        }
        if point.hasOnlyExemplars {
            keep(point.exemplars, of: number, in: &state)
            return true
        }
        if let histogram {
            state.series[number].histograms.append(.init(timeNanoseconds: point.timeNanoseconds, value: histogram))
        } else {
            state.series[number].points.append(.init(timeNanoseconds: point.timeNanoseconds, value: point.value))
        }
        state.points += weight
        keep(point.exemplars, of: number, in: &state)
        return true
    }

    private func keep(_ exemplars: [MetricExemplar], of number: Int, in state: inout State) {
        // A target shows the same exemplar in every scrape until a newer one replaces it.
        for exemplar in exemplars where state.series[number].exemplars.last != exemplar {
            guard state.exemplars < limits.exemplars else {
                state.droppedExemplars += 1
                continue
            }
            state.series[number].exemplars.append(exemplar)
            state.exemplars += 1
        }
    }
}
