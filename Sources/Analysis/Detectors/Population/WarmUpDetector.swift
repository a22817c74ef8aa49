import Correlation
import Statistics
import Telemetry

/// F33: the run begins slowly: cold caches, connections still to be opened, code still to be compiled.
package struct WarmUpDetector: FindingDetector {
    package let kind = "warm_up"
    var minimumRatio = 1.5
    var minimumTraces = 20
    /// Of the run, from which it disturbs the result.
    var notableShare = 0.10
    var batch = 5

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private func findings(in reader: TraceReader) -> [Finding] {
        let test = reader.test
        let ordered = reader.traces.sorted { reader.start(of: $0) < reader.start(of: $1) }
        let times = ordered.map { Double(reader.duration(of: $0)) / 1e6 }
        guard times.count >= 4 * minimumTraces, let cut = cut(times), cut >= minimumTraces,
            let early = RobustScale.median(Array(times[..<cut])), let steady = RobustScale.median(Array(times[cut...])),
            early >= minimumRatio * steady, early - steady >= 1,
            MannWhitneyTest(before: Array(times[cut...]), after: Array(times[..<cut])).pGreater < 1e-6,
            let contrast = reader.contrast(Array(ordered[..<cut]), Array(ordered[cut...]))
        else { return [] }
        let (first, last) = (reader.start(of: ordered[0]), reader.start(of: ordered[cut]))
        let seconds = Double(last - first) / 1e9
        let share = Double(cut) / Double(times.count)
        let path = test.profile.paths[contrast.path]
        let operation = path.frame.synthetic == .client ? test.entry : path.frame.operation
        return [
            test.finding(
                "F33",
                kind,
                culprit: CulpritReference(operation),
                path: test.profile.stack(to: contrast.path),
                severity: share > notableShare ? .medium : .low,
                confidence: 0.8,
                sentence: "the first \(Wording.number(seconds)) s of \(test.endpoint) are slow: "
                    + "\(Wording.milliseconds(early)) against \(Wording.milliseconds(steady)) afterwards, most of it in "
                    + Wording.operation(operation),
                suggestion: "Lengthen the plan's warm-up, or warm the service before it takes traffic.",
                numbers: [
                    "earlyMs": early, "steadyMs": steady, "warmUpRatio": share, "warmUpSecondsValue": seconds,
                    "contrastMs": contrast.milliseconds,
                ],
                exemplars: Exemplars(ordered[..<cut].map { ($0.traceID, Double(reader.duration(of: $0))) })
            )
        ]
    }

    /// MSER-5: the number of first requests without which the mean of the rest is known best.
    ///
    /// Source: White 1997.
    private func cut(_ times: [Double]) -> Int? {
        let means = stride(from: 0, to: times.count - batch + 1, by: batch).map { first in
            times[first..<(first + batch)].reduce(0, +) / Double(batch)
        }
        guard means.count >= 8 else { return nil }
        var (sum, squares) = (means.reduce(0, +), means.reduce(0) { $0 + $1 * $1 })
        var best: (error: Double, index: Int) = (.infinity, 0)
        // Never more than half: a run that gets faster all the way through is no warm-up.
        for index in 0..<(means.count / 2) {
            let count = Double(means.count - index)
            let error = (squares - sum * sum / count) / (count * count)
            if error < best.error { best = (error, index) }
            sum -= means[index]
            squares -= means[index] * means[index]
        }
        return best.index == 0 ? nil : best.index * batch
    }
}

extension FindingDetector where Self == WarmUpDetector {
    package static var warmUp: Self { Self() }
}
