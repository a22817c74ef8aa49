package import Telemetry

/// `increase` and `rate` of PromQL, to the bit as Prometheus 2.42 computes them (`promql/functions.go`).
///
/// The difference to 3.x: the time back to a counter's zero limits the extrapolation *before* the gap to the start of
/// the window is compared with the threshold, so a counter that began inside the window is not taken for older.
package enum CounterIncrease {
    /// How much the counter grew over the window, extrapolated to its ends; `nil` with fewer than two points.
    ///
    /// A value below the one before is a reset: the counter started again from zero.
    package static func increase(of selection: RangeSelection) -> Double? {
        growth(of: selection).map { $0.value * $0.factor }
    }

    /// Per second; `nil` with fewer than two points.
    package static func rate(of selection: RangeSelection) -> Double? {
        growth(of: selection).map { $0.value * ($0.factor / selection.windowSeconds) }
    }

    /// How much a native histogram grew; `nil` with fewer than two, or with plain points between them.
    package static func histogramIncrease(of selection: RangeSelection) -> NativeHistogram? {
        histogramGrowth(of: selection).map { $0.histogram.scaled(by: $0.factor) }
    }

    /// Per second; `nil` with fewer than two, or with plain points between them.
    package static func histogramRate(of selection: RangeSelection) -> NativeHistogram? {
        histogramGrowth(of: selection).map { $0.histogram.scaled(by: $0.factor / selection.windowSeconds) }
    }

    private static func growth(of selection: RangeSelection) -> (value: Double, factor: Double)? {
        let points = selection.points
        guard points.count >= 2, selection.histograms.isEmpty else { return nil }
        let first = points[0].value
        var value = points[points.count - 1].value - first
        for (before, after) in zip(points, points.dropFirst()) where after.value < before.value {
            value += before.value
        }
        let times = points.map { Int64($0.timeNanoseconds / 1_000_000) }
        let factor = extrapolation(times, in: selection) { sampled in
            value > 0 && first >= 0 ? sampled * (first / value) : nil
        }
        return factor.map { (value, $0) }
    }

    private static func histogramGrowth(
        of selection: RangeSelection
    ) -> (histogram: NativeHistogram, factor: Double)? {
        let points = selection.histograms
        guard points.count >= 2, selection.points.isEmpty else { return nil }
        let schema = points.map(\.value.schema).min() ?? 0
        var growth = points[points.count - 1].value.reduced(to: schema)
        growth.subtract(points[0].value)
        for (before, after) in zip(points, points.dropFirst()) where after.value.isReset(after: before.value) {
            growth.add(before.value)
        }
        let times = points.map { Int64($0.timeNanoseconds / 1_000_000) }
        // Prometheus 2.42 does not limit histograms by their time back to zero.
        return extrapolation(times, in: selection) { _ in nil }.map { (growth, $0) }
    }

    /// By how much the covered stretch of the window must be stretched to reach its ends.
    ///
    /// A gap of up to 1.1 average intervals is covered whole, of a longer one half an interval: the series is taken to
    /// begin or end there. `nil` when all points fall on one millisecond.
    private static func extrapolation(
        _ times: [Int64],
        in selection: RangeSelection,
        timeToZero: (_ sampled: Double) -> Double?
    ) -> Double? {
        let sampled = Double(times[times.count - 1] - times[0]) / 1000
        guard sampled > 0 else { return nil }
        let average = sampled / Double(times.count - 1)
        var toStart = Double(times[0] - selection.start) / 1000
        let toEnd = Double(selection.end - times[times.count - 1]) / 1000
        if let toZero = timeToZero(sampled), toZero < toStart { toStart = toZero }
        let threshold = average * 1.1
        var covered = sampled
        covered += toStart < threshold ? toStart : average / 2
        covered += toEnd < threshold ? toEnd : average / 2
        return covered / sampled
    }
}
