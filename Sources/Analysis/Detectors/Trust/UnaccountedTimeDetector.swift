import Correlation
import Statistics
import Telemetry

/// F39: an operation that calls others spends much time that no span explains, and hardly any of it computing.
package struct UnaccountedTimeDetector: FindingDetector {
    package let kind = "unaccounted_time"
    var minimumMilliseconds = 100.0
    var minimumShare = 0.30
    /// CPU seconds a request, as a share of the time, up to which it must be waiting.
    var computingShare = 0.20
    var minimumTraces = 20

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.comparedTests.flatMap { findings(in: $0, run) } }

    private func findings(in test: ComparedTest, _ run: ComparedRun) -> [Finding] {
        let parents = Set(test.profile.paths.compactMap(\.parent))
        return test.profile.paths.indices.compactMap { index in
            let path = test.profile.paths[index]
            guard path.frame.synthetic == nil, parents.contains(index), path.traces >= minimumTraces,
                path.frame.operation.kind != .client
            else { return nil }
            let time = Double(path.criticalNanoseconds) / Double(max(1, path.traces)) / 1e6
            let share = time / max(1e-9, test.meanMilliseconds)
            guard time >= minimumMilliseconds, share >= minimumShare else { return nil }
            let operation = path.frame.operation
            let computing = computingShare(of: operation.service, test, run)
            if let computing, computing > computingShare { return nil }
            let confidence = computing == nil ? 0.5 : 0.8
            return test.finding(
                "F39",
                kind,
                culprit: CulpritReference(operation),
                path: test.profile.stack(to: index),
                severity: computing == nil ? .low : .medium,
                confidence: confidence,
                sentence:
                    "\(Wording.operation(operation)) spends \(Wording.milliseconds(time)) of a request outside all spans "
                    + "below it, \(Wording.percent(share)) of \(test.endpoint)"
                    + (computing.map { ", computing only \(Wording.percent($0)) of it" } ?? ""),
                suggestion: "Instrument what happens there: a driver, a queue, a lock or a sleep without a span.",
                numbers: [
                    "unaccountedMs": time, "criticalShareRatio": min(1, share), "computingRatio": computing ?? .nan,
                ],
                exemplars: Exemplars(typical: path.typicalTraceID, worst: path.worstTraceID)
            )
        }
    }

    /// CPU time a request of the service, over the endpoint's time; from the share of its cores that it used.
    private func computingShare(of service: String, _ test: ComparedTest, _ run: ComparedRun) -> Double? {
        let load = test.test.load
        let values = run.resources(.cpu, of: service).flatMap { $0.values(from: load.measuredFrom, to: load.endedAt) }
        guard !values.isEmpty, load.achievedRate > 0 else { return nil }
        let cores = values.reduce(0, +) / Double(values.count)
        return cores * 1_000 / load.achievedRate / max(1e-9, test.meanMilliseconds)
    }
}

extension FindingDetector where Self == UnaccountedTimeDetector {
    package static var unaccountedTime: Self { Self() }
}
