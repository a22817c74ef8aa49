import Correlation
import Statistics
import Telemetry

/// F42: too few requests have a complete trace, or those that have one are not like the others.
package struct LowCoverageDetector: FindingDetector {
    package let kind = "low_coverage"
    var minimumCoverage = 0.80
    /// Below this no severity above medium is given to anything.
    var poorCoverage = 0.50
    var minimumRequests = 50
    /// Distance of the latency distributions that means a bias, and how sure it must be.
    var biasDistance = 0.15
    var biasP = 0.001

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.comparedTests.compactMap(finding) }

    private func finding(in test: ComparedTest) -> Finding? {
        let completeness = test.test.completeness
        guard let coverage = completeness.coverage, completeness.sampled >= minimumRequests else { return nil }
        let bias = self.bias(test)
        guard coverage < minimumCoverage || bias != nil else { return nil }
        let missing = completeness.states.filter { $0.key != .complete && $0.key != .notSent && $0.key != .unsampled }
            .max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
        let reason = missing.map { LowCoverageDetector.words[$0.key] ?? $0.key.rawValue } ?? "nothing else"
        let seen = test.test.traces.first { !$0.rows.isEmpty } ?? test.test.traces.first
        return test.finding(
            "F42",
            kind,
            culprit: CulpritReference(test.entry, attribute: "trace coverage"),
            severity: coverage < poorCoverage || bias != nil ? .medium : .info,
            confidence: 0.95,
            sentence:
                "\(Wording.percent(coverage)) of the sampled requests of \(test.endpoint) have a complete trace; of the "
                + "others most \(reason)"
                + (bias.map { "; traced requests are \($0.areSlower ? "slower" : "faster") than the others" } ?? ""),
            suggestion: bias == nil
                ? "Check the exporter's address, its delay and the sampler of every service."
                : "Tail sampling keeps slow or failed requests: sample by ratio for the run, or all of it.",
            numbers: [
                "coverageRatio": coverage, "sampledCount": Double(completeness.sampled),
                "missingCount": Double(missing?.value ?? 0), "biasValue": bias?.distance ?? 0,
            ],
            exemplars: Exemplars(typical: seen?.traceID)
        )
    }

    private static let words: [TraceState: String] = [
        .neverArrived: "sent no span at all", .rootMissing: "lack the target's first span",
        .orphaned: "lack a span that others name as parent", .truncated: "lack the server's half of a call",
    ]

    private func bias(_ test: ComparedTest) -> (distance: Double, areSlower: Bool)? {
        let samples = test.test.load.samples
        func times(_ isComplete: Bool) -> [Double] {
            test.test.traces
                .filter { ($0.state == .complete) == isComplete && $0.state != .notSent }
                .compactMap { samples.indices.contains($0.sample) ? samples[$0.sample] : nil }
                .map { Double($0.serviceNanoseconds) / 1e6 }
        }
        let (traced, untraced) = (times(true), times(false))
        guard traced.count >= 30, untraced.count >= 30 else { return nil }
        let test = KolmogorovSmirnovTest(before: untraced, after: traced)
        guard test.distance >= biasDistance, test.p <= biasP else { return nil }
        return (test.distance, MannWhitneyTest(before: untraced, after: traced).dominance > 0.5)
    }
}

extension FindingDetector where Self == LowCoverageDetector {
    package static var lowCoverage: Self { Self() }
}
