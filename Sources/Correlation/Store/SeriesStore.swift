import Synchronization
package import Telemetry

/// Keeps metric points in memory, bounded by series and by points; what finds no room is counted.
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
        var dropped = 0
    }

    private let state = Mutex(State())
    private let seriesLimit: Int
    private let pointLimit: Int

    package init(seriesLimit: Int = 20_000, pointLimit: Int = 2_000_000) {
        self.seriesLimit = seriesLimit
        self.pointLimit = pointLimit
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

    /// Every series of a name with its points in a window, both ends included; series without any are left out.
    ///
    /// Series in order of their labels, points in order of time.
    package func points(named name: String, from: UInt64, to: UInt64) -> [MetricSeries] {
        let found = state.withLock { state in (state.byName[name] ?? []).map { state.series[$0] } }
        return found.compactMap { series in
            var window = series
            window.points = series.points
                .filter { from <= $0.timeNanoseconds && $0.timeNanoseconds <= to }
                .sorted { $0.timeNanoseconds < $1.timeNanoseconds }
            return window.points.isEmpty ? nil : window
        }
        .sorted { $0.sortedLabels.lexicographicallyPrecedes($1.sortedLabels) }
    }

    /// Points that found no room so far.
    package var dropped: Int { state.withLock { $0.dropped } }

    /// Names of all series, in order.
    package var names: [String] { state.withLock { $0.byName.keys.sorted() } }

    private func insert(_ point: MetricPoint, into state: inout State) -> Bool {
        guard state.points < pointLimit else { return false }
        let key = SeriesKey(name: point.name, labels: point.labels)
        let number: Int
        if let known = state.numbers[key] {
            number = known
        } else {
            guard state.series.count < seriesLimit else { return false }
            number = state.series.count
            state.numbers[key] = number
            state.byName[point.name, default: []].append(number)
            state.series.append(MetricSeries(name: point.name, labels: point.labels, kind: point.kind))
        }
        state.series[number].points.append(.init(timeNanoseconds: point.timeNanoseconds, value: point.value))
        state.points += 1
        return true
    }
}
