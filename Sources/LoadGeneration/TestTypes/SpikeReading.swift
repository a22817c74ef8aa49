package import Plans
import Statistics
package import Telemetry

/// Reads from the seconds of a spike test how the target took the spike; a pure value.
package struct SpikeReading: Sendable {
    // Seconds from the start of the measured part.
    private let spikeStart: Double
    private let spikeEnd: Double
    private let measuredFrom: Double

    /// Takes the stages of the shape before the highest rate as the time before, and those after it as the time after.
    package init(_ test: TestDefinition) {
        let stages = test.rate.stages
        let top = stages.map { max($0.from, $0.to) }.max() ?? 0
        // The jump itself belongs to the spike: its first requests meet a target that is not ready for it.
        let first = stages.firstIndex { max($0.from, $0.to) == top } ?? 0
        let last = stages.lastIndex { $0.to == top } ?? max(0, stages.count - 1)
        func seconds(_ stages: ArraySlice<RateShape.Stage>) -> Double {
            stages.reduce(0) { $0 + $1.duration / .seconds(1) }
        }
        spikeStart = seconds(stages[..<first])
        spikeEnd = seconds(stages[...min(last, stages.count - 1)])
        measuredFrom = test.warmup / .seconds(1)
    }

    /// `nil` where there is not a whole second before the spike or none after it.
    package func recovery(in load: TestLoad) -> SpikeRecovery? {
        let start = Int((measuredFrom + spikeStart).rounded(.down))
        let first = Int(measuredFrom.rounded(.up))
        let end = Int((measuredFrom + spikeEnd).rounded(.up))
        let seconds = load.seconds
        guard first < start, end < seconds.count else { return nil }
        let quiet = seconds[first..<start].filter { $0.answered > 0 }
        guard !quiet.isEmpty else { return nil }
        var before = LatencyHistogram()
        for second in quiet { before.merge(second.latency) }
        let usual = p95(before)
        // A second is as it was when it is no worse than the worst second before the spike, or than 1.2 times the whole.
        let limit = max(usual * 1.2, quiet.map { p95($0.latency) }.max() ?? usual)
        let usualErrors = quiet.map(failureShare).max() ?? 0

        let since = seconds[start...]
        let due = since.reduce(0) { $0 + $1.scheduled }
        let failed = since.reduce(0) { $0 + $1.failed }
        let after = Array(seconds[end...].enumerated().filter { $0.element.scheduled > 0 })
        guard !after.isEmpty else { return nil }
        let last = after.lastIndex { p95($0.element.latency) > limit || failureShare($0.element) > usualErrors }
        let recovered: Double? =
            switch last {
            case nil: 0
            case let last? where last + 1 < after.count: Double(after[last + 1].offset)
            default: nil
            }
        return SpikeRecovery(
            p95Before: usual,
            p95Peak: since.map { p95($0.latency) }.max() ?? 0,
            errorRate: due > 0 ? Double(failed) / Double(due) : 0,
            seconds: recovered,
            p95Recovered: limit
        )
    }

    private func p95(_ histogram: LatencyHistogram) -> Double { Double(histogram.quantile(0.95)) / 1e6 }

    private func failureShare(_ second: LoadSecond) -> Double {
        second.scheduled == 0 ? 0 : Double(second.failed) / Double(second.scheduled)
    }
}
