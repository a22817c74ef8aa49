import Correlation
import Statistics
import Telemetry

/// F12: an operation is called many more times a request than before, or very often anyway.
package struct FanOutDetector: FindingDetector {
    package let kind = "fan_out_explosion"
    var minimumRatio = 1.5
    var minimumDifference = 2.0
    /// The growth must be this many standard errors.
    var minimumZ = 3.3
    var minimumTraces = 20
    /// Calls a request that are too many without any comparison, at the p95.
    var standingCalls = 50.0

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private func findings(in reader: TraceReader) -> [Finding] {
        let test = reader.test
        guard reader.traces.count >= minimumTraces else { return [] }
        let candidates = test.profile.paths.indices.filter { index in
            let path = test.profile.paths[index]
            guard path.frame.synthetic == nil, path.traces >= minimumTraces else { return false }
            let before = test.change(of: index)?.callsBefore ?? .infinity
            let isMore =
                test.calls(of: index) >= minimumRatio * before
                && test.calls(of: index) - before >= minimumDifference
            return isMore || path.calls > 25 * path.traces
        }
        guard !candidates.isEmpty else { return [] }
        let counts = counts(of: Set(candidates.map { Int32($0) }), reader)
        return candidates.compactMap { finding($0, counts[Int32($0)] ?? [], reader) }
    }

    private func counts(of paths: Set<Int32>, _ reader: TraceReader) -> [Int32: [Double]] {
        var all: [Int32: [Double]] = [:]
        for trace in reader.traces {
            var own: [Int32: Double] = [:]
            for row in trace.rows where paths.contains(reader.context.path[row]) {
                own[reader.context.path[row], default: 0] += 1
            }
            for path in paths { all[path, default: []].append(own[path] ?? 0) }
        }
        return all
    }

    private func finding(_ index: Int, _ counts: [Double], _ reader: TraceReader) -> Finding? {
        let test = reader.test
        let mean = counts.reduce(0, +) / Double(max(1, counts.count))
        let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, counts.count - 1))
        let p95 = counts.sorted()[Int(0.95 * Double(max(0, counts.count - 1)))]
        let change = test.change(of: index)
        let before = change?.callsBefore
        let baselineTraces = Double(test.comparison?.baselineProfile.traces ?? 0)
        var hasGrown = false
        if let before, baselineTraces > 0, before > 0 || (change?.baseline != nil) {
            // The baseline's spread is not stored; relative to its mean it is taken to be the present one.
            let scaled = mean > 0 ? variance * before / mean : 0
            let error = max(1e-6, (variance / reader.count + max(scaled, before) / baselineTraces).squareRoot())
            hasGrown =
                mean >= minimumRatio * before && mean - before >= minimumDifference
                && (mean - before) / error >= minimumZ
        }
        guard hasGrown || p95 >= standingCalls else { return nil }
        let path = test.profile.paths[index]
        let parent = path.parent.map { test.profile.paths[$0].frame.operation } ?? path.frame.operation
        let explained = hasGrown ? change?.explainedShare : nil
        let share = hasGrown ? (explained ?? 0) : test.criticalShare(of: index)
        let confidence = hasGrown ? 0.95 : 0.8
        return test.finding(
            "F12",
            kind,
            culprit: CulpritReference(parent, attribute: path.statement ?? path.frame.operation.name),
            path: test.profile.stack(to: index),
            severity: test.severity(share: share, confidence: confidence, atMost: hasGrown ? .critical : .medium),
            confidence: confidence,
            sentence: "\(Wording.operation(parent)) calls \(path.frame.operation.name) \(Wording.number(mean)) times a "
                + "request of \(test.endpoint)" + (before.map { " (before: \(Wording.number($0)))" } ?? "")
                + (explained.map { ": \(Wording.percent(min(1, max(0, $0)))) of the slowdown" } ?? ""),
            suggestion: "Ask for all of it in one call, or only for what is needed.",
            numbers: [
                "callsAfter": mean, "callsBefore": before ?? .nan, "callsP95PerRequest": p95,
                "criticalShareRatio": test.criticalShare(of: index),
            ],
            exemplars: Exemplars(zip(reader.traces, counts).map { ($0.0.traceID, $0.1) }),
            explained: explained,
            isRegression: hasGrown
        )
    }
}

extension FindingDetector where Self == FanOutDetector {
    package static var fanOut: Self { Self() }
}
