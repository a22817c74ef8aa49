import Correlation
import Glibc
import Statistics

/// The critical time of one path in each run: mean per request of the endpoint, requests without the path included.
///
/// Works on log(mean + offset): a path that a run does not have at all is 0 ms there, which has no logarithm, and the
/// offset keeps paths of a few microseconds from looking like large changes.
struct PathSeries {
    /// Nanoseconds per request, pooled over the baseline runs, and in the current run.
    var before: Double
    var after: Double
    /// Nanoseconds.
    var offset: Double
    var series: RunSeries

    /// - Parameters:
    ///   - current: the path in the current profile; `nil` when it vanished.
    ///   - traces: complete traces of the current profile.
    ///   - baselines: the path in each baseline profile, with that profile's traces; above 0.
    ///   - offset: above 0.
    init(
        current: PathProfile?,
        traces: Int,
        baselines: [(path: PathProfile?, traces: Int)],
        offset: Double
    ) {
        self.offset = offset
        after = current.map { Double($0.criticalNanoseconds) / Double(max(1, traces)) } ?? 0
        let total = baselines.reduce(0) { $0 + $1.traces }
        let sum = baselines.reduce(0.0) { $0 + Double($1.path?.criticalNanoseconds ?? 0) }
        before = total > 0 ? sum / Double(total) : 0
        series = RunSeries(
            current: PathSeries.point(current, traces: traces, offset: offset),
            baselines: baselines.map { PathSeries.point($0.path, traces: $0.traces, offset: offset) }
        )
    }

    private static func point(_ path: PathProfile?, traces: Int, offset: Double) -> RunSeries.Point {
        guard let path, traces > 0 else { return RunSeries.Point(value: log(offset), samplingVariance: 0) }
        let count = Double(traces)
        let mean = Double(path.criticalNanoseconds) / count
        let meanSquare = path.critical.meanSquare * Double(path.critical.count) / count
        let variance = max(0, meanSquare - mean * mean) / count
        let scale = mean + offset
        return RunSeries.Point(value: log(scale), samplingVariance: variance / (scale * scale))
    }
}
