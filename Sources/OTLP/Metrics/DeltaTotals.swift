import Synchronization
import Telemetry

/// Adds up deltas, since a series store holds running totals as Prometheus does.
///
/// Bounded: past its limit a new series is refused. Safe to call from any thread.
final class DeltaTotals: Sendable {
    private struct Series: Hashable {
        var name: String
        var labels: [String: String]
    }

    private struct Total {
        var value: Double
        var timeNanoseconds: UInt64
    }

    private let totals = Mutex<[Series: Total]>([:])
    private let seriesLimit: Int

    init(seriesLimit: Int = 20_000) {
        self.seriesLimit = seriesLimit
    }

    /// The point's series with the point's value added; `nil` when it came before one already added, or there is no room.
    ///
    /// A delta that came twice, as a retry brings it, has the time of the one before and is not added again.
    func total(adding point: MetricPoint) -> Double? {
        let series = Series(name: point.name, labels: point.labels)
        return totals.withLock { totals in
            if let known = totals[series] {
                guard point.timeNanoseconds > known.timeNanoseconds else { return nil }
                totals[series] = Total(value: known.value + point.value, timeNanoseconds: point.timeNanoseconds)
                return known.value + point.value
            }
            guard totals.count < seriesLimit else { return nil }
            totals[series] = Total(value: point.value, timeNanoseconds: point.timeNanoseconds)
            return point.value
        }
    }
}
