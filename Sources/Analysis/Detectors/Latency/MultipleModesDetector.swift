import Correlation
import Statistics
import Telemetry

/// F06: requests fall into a fast and a slow group with little between them.
///
/// No defect by itself (a cache does so), but a mean over two groups describes neither.
package struct MultipleModesDetector: FindingDetector {
    package let kind = "two_latency_groups"
    var minimumTraces = 60
    var minimumShare = 0.05
    var minimumSeparation = 2.0
    var minimumCoefficient = 0.555
    /// Least distance of the groups from which it is worth more than a note.
    var notableMilliseconds = 20.0

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private func findings(in reader: TraceReader) -> [Finding] {
        let test = reader.test
        guard reader.traces.count >= minimumTraces,
            let modes = TwoModes(reader.traces.map { Double(reader.duration(of: $0)) / 1e6 }),
            modes.slow >= minimumSeparation * modes.fast, modes.coefficient > minimumCoefficient,
            min(modes.slowShare, 1 - modes.slowShare) >= minimumShare
        else { return [] }
        let slow = reader.traces.filter { Double(reader.duration(of: $0)) / 1e6 > modes.cut }
        let fast = reader.traces.filter { Double(reader.duration(of: $0)) / 1e6 <= modes.cut }
        guard let contrast = reader.contrast(slow, fast) else { return [] }
        let path = test.profile.paths[contrast.path]
        let operation = path.frame.synthetic == .client ? test.entry : path.frame.operation
        let isNotable = modes.slow - modes.fast >= notableMilliseconds && modes.slowShare >= 0.1
        let explained = min(1, contrast.milliseconds / max(1e-9, modes.slow - modes.fast))
        return [
            test.finding(
                "F06",
                kind,
                culprit: CulpritReference(operation, attribute: path.statement),
                path: test.profile.stack(to: contrast.path),
                severity: isNotable ? .medium : .info,
                confidence: 0.8,
                sentence: "\(Wording.percent(modes.slowShare)) of the requests of \(test.endpoint) take about "
                    + "\(Wording.milliseconds(modes.slow)), the others about \(Wording.milliseconds(modes.fast)): "
                    + "they differ most in \(Wording.operation(operation)) (\(Wording.change(contrast.milliseconds)))",
                suggestion: "Look at a trace of each group: a cache that misses, a lock, or another kind of request.",
                numbers: [
                    "slowMs": modes.slow, "fastMs": modes.fast, "slowShareRatio": modes.slowShare,
                    "bimodalityValue": modes.coefficient, "contrastMs": contrast.milliseconds,
                    "contrastShareRatio": explained,
                ],
                exemplars: Exemplars(slow.map { ($0.traceID, Double(reader.duration(of: $0))) })
            )
        ]
    }
}

extension FindingDetector where Self == MultipleModesDetector {
    package static var multipleModes: Self { Self() }
}
