import Correlation
import Glibc
import Statistics
import Telemetry

/// The latencies of one endpoint as the tests want them: log location, log p95 and log mean of each run.
struct EndpointSeries {
    /// 10 %-trimmed mean of the log latency from schedule.
    var location: RunSeries?
    /// Log p95 of the latency from schedule; `nil` below the least number of records.
    var tail: RunSeries?
    /// Log mean duration of complete traces.
    var mean: RunSeries?

    init(location: RunSeries?, tail: RunSeries?, mean: RunSeries?) {
        self.location = location
        self.tail = tail
        self.mean = mean
    }

    init(_ test: CorrelatedTest, baselines: [BaselineRun], settings: ComparisonSettings) {
        let current = test.load.latency
        let earlier = baselines.map(\.latency)
        location = EndpointSeries.series(current, earlier) { EndpointSeries.location($0) }
        if ([current] + earlier).allSatisfy({ $0.count >= settings.minimumTailRecords }) {
            tail = EndpointSeries.series(current, earlier) { EndpointSeries.tail($0) }
        }
        let durations = baselines.map(\.profile.duration)
        mean = EndpointSeries.series(test.profile.duration, durations) { EndpointSeries.mean($0) }
    }

    private static func series(
        _ current: LatencyHistogram,
        _ baselines: [LatencyHistogram],
        _ point: (LatencyHistogram) -> RunSeries.Point?
    ) -> RunSeries? {
        let points = baselines.compactMap(point)
        guard let now = point(current), !points.isEmpty, points.count == baselines.count else { return nil }
        return RunSeries(current: now, baselines: points)
    }

    private static func location(_ histogram: LatencyHistogram) -> RunSeries.Point? {
        guard let value = histogram.trimmedLogMean(), let deviation = histogram.logDeviation else { return nil }
        let variance = deviation * deviation / Double(histogram.count)
        return RunSeries.Point(value: value, samplingVariance: variance + histogram.bucketLogVariance)
    }

    private static func tail(_ histogram: LatencyHistogram) -> RunSeries.Point? {
        guard let error = histogram.quantileLogError(0.95) else { return nil }
        return RunSeries.Point(
            value: log(Double(max(1, histogram.quantile(0.95)))),
            samplingVariance: error * error + histogram.bucketLogVariance
        )
    }

    private static func mean(_ histogram: LatencyHistogram) -> RunSeries.Point? {
        guard histogram.mean > 0 else { return nil }
        let variance = max(0, histogram.meanSquare - histogram.mean * histogram.mean) / Double(histogram.count)
        return RunSeries.Point(
            value: log(histogram.mean),
            samplingVariance: variance / (histogram.mean * histogram.mean)
        )
    }
}
