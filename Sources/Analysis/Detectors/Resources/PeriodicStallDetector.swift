import Correlation
import Statistics
import Telemetry

/// F29: requests become slow again and again at one interval.
package struct PeriodicStallDetector: FindingDetector {
    package let kind = "periodic_stall"
    var minimumCorrelation = 0.4
    var lags = 5...120
    var minimumPeriods = 4
    /// The slow seconds must be this much slower than the median second.
    var minimumRatio = 1.5
    var minimumMilliseconds = 10.0

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private func findings(in reader: TraceReader) -> [Finding] {
        let test = reader.test
        let load = test.test.load
        guard load.endedAt > load.measuredFrom else { return [] }
        let count = Int((load.endedAt - load.measuredFrom) / 1_000_000_000)
        var slowest = [Double](repeating: 0, count: max(0, count))
        for trace in reader.traces {
            let sent = reader.start(of: trace)
            guard sent >= load.measuredFrom else { continue }
            let second = Int((sent - load.measuredFrom) / 1_000_000_000)
            if second < count { slowest[second] = max(slowest[second], Double(reader.duration(of: trace)) / 1e6) }
        }
        guard count >= minimumPeriods * lags.lowerBound, let median = RobustScale.median(slowest) else { return [] }
        // Seconds without a request are as usual; one wild second must not make the period.
        let cap = 10 * median
        let series = slowest.map { $0 == 0 ? median : min($0, cap) }
        let longest = min(lags.upperBound, count / minimumPeriods)
        guard longest >= lags.lowerBound,
            let peak = Autocorrelation.peak(series, lags: lags.lowerBound...longest), peak.value >= minimumCorrelation
        else { return [] }
        // The commonest phase of the slow seconds.
        let phases = (0..<peak.lag).map { phase in
            let values = stride(from: phase, to: count, by: peak.lag).map { series[$0] }
            return values.reduce(0, +) / Double(values.count)
        }
        guard let phase = phases.indices.max(by: { phases[$0] < phases[$1] }),
            phases[phase] >= minimumRatio * median, phases[phase] - median >= minimumMilliseconds
        else { return [] }
        func isSlow(_ trace: JoinedTrace) -> Bool {
            let second = Int((reader.start(of: trace) - load.measuredFrom) / 1_000_000_000)
            return second % peak.lag == phase
        }
        let (slow, others) = (reader.traces.filter(isSlow), reader.traces.filter { !isSlow($0) })
        guard let contrast = reader.contrast(slow, others) else { return [] }
        let path = test.profile.paths[contrast.path]
        let operation = path.frame.synthetic == .client ? test.entry : path.frame.operation
        let share = (phases[phase] - median) / max(1e-9, test.p95Milliseconds)
        return [
            test.finding(
                "F29",
                kind,
                culprit: CulpritReference(operation),
                path: test.profile.stack(to: contrast.path),
                severity: test.severity(share: share, confidence: 0.7, atMost: .medium),
                confidence: 0.7,
                sentence: "every \(peak.lag) s \(test.endpoint) is slow for a second, about "
                    + "\(Wording.milliseconds(phases[phase])) instead of \(Wording.milliseconds(median)), most of it in "
                    + Wording.operation(operation),
                suggestion:
                    "Look for what runs every \(peak.lag) s there: a timer, a flush, a collection, a health check.",
                numbers: [
                    "periodValue": Double(peak.lag), "correlationValue": peak.value, "stallMs": phases[phase],
                    "usualMs": median, "contrastMs": contrast.milliseconds,
                ],
                exemplars: Exemplars(slow.map { ($0.traceID, Double(reader.duration(of: $0))) })
            )
        ]
    }
}

extension FindingDetector where Self == PeriodicStallDetector {
    package static var periodicStall: Self { Self() }
}
