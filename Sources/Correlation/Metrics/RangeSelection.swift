/// The points of one series in a window, as a range selector of Prometheus 2.42 sees them.
///
/// Both ends belong to the window (3.x leaves the left one out), time counts in whole milliseconds, stale markers are
/// left out.
package struct RangeSelection: Sendable {
    package var points: [MetricSeries.Point]
    package var histograms: [MetricSeries.HistogramPoint]
    /// Unix milliseconds.
    package let start: Int64
    /// Unix milliseconds.
    package let end: Int64

    /// `end` is Unix time in nanoseconds, `window` above zero.
    package init(_ series: MetricSeries, endingAt end: UInt64, window: Duration) {
        let end = Int64(end / 1_000_000)
        let start = end - Int64(window / .milliseconds(1))
        func isInside(_ time: UInt64) -> Bool { (start...end).contains(Int64(time / 1_000_000)) }
        points = series.points.filter { isInside($0.timeNanoseconds) && !$0.isStale }
        histograms = series.histograms.filter { isInside($0.timeNanoseconds) }
        self.start = start
        self.end = end
    }

    var windowSeconds: Double { Double(end - start) / 1000 }
}
