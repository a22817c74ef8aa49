import Correlation
import Statistics
import Telemetry

/// F41: requests take longer for the generator than for the target's first span: the test measures something else too.
package struct GeneratorGapDetector: FindingDetector {
    package let kind = "generator_gap"
    var minimumMilliseconds = 10.0
    /// Of the p95 as the client sees it.
    var minimumShare = 0.10
    var minimumTraces = 30

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] {
        run.comparedTests.compactMap { test in finding(in: test, TraceReader(test, in: run.run)) }
    }

    private func finding(in test: ComparedTest, _ reader: TraceReader?) -> Finding? {
        guard let client = test.profile.paths.first, client.frame.synthetic == .client,
            client.traces >= minimumTraces, test.profile.paths.count > 1
        else { return nil }
        let p95 = Double(client.critical.quantile(0.95)) / 1e6
        let limit = max(minimumMilliseconds, minimumShare * test.p95Milliseconds)
        guard p95 >= limit else { return nil }
        let growth = reader.flatMap { self.growth($0) }
        let isGenerator = growth.map { $0.gap >= 0.5 && $0.root < 0.2 } ?? false
        let phases = self.phases(test.test.load.phases)
        let share = p95 / max(1e-9, test.p95Milliseconds)
        return test.finding(
            "F41",
            kind,
            culprit: CulpritReference(test.entry, attribute: "outside its spans"),
            path: test.profile.stack(to: 0),
            severity: isGenerator || share >= 0.5 ? .medium : .low,
            confidence: 0.8,
            sentence: "requests of \(test.endpoint) take \(Wording.milliseconds(p95)) (p95) outside the target's spans"
                + (phases.first.map { ", most of it in \($0.name) (\(Wording.milliseconds($0.mean)) on average)" } ?? "")
                + (isGenerator ? "; it grows with the load while the target's own time does not" : ""),
            suggestion: isGenerator
                ? "Suspect the generator, the network or a load balancer before the target: run the generator elsewhere."
                : "Look at what stands before the target's first span: accept queue, TLS, proxy, network.",
            numbers: [
                "gapP95Ms": p95, "gapShareRatio": share, "gapExponentValue": growth?.gap ?? .nan,
                "connectMs": test.test.load.phases.connect.mean / 1e6, "tlsMs": test.test.load.phases.tls.mean / 1e6,
                "receiveMs": test.test.load.phases.receive.mean / 1e6, "criticalShareRatio": test.criticalShare(of: 0),
            ],
            exemplars: Exemplars(typical: client.typicalTraceID, worst: client.worstTraceID)
        )
    }

    private func growth(_ reader: TraceReader) -> (gap: Double, root: Double)? {
        guard let buckets = LoadBuckets(reader.test.test.load) else { return nil }
        let pairs = reader.traces.compactMap { trace -> (UInt64, Double, Double)? in
            guard let root = trace.root else { return nil }
            let inside = reader.milliseconds(root)
            return (reader.start(of: trace), max(0.01, Double(reader.duration(of: trace)) / 1e6 - inside), inside)
        }
        guard let gap = buckets.growth(of: buckets.medians(pairs.map { ($0.0, $0.1) })),
            let root = buckets.growth(of: buckets.medians(pairs.map { ($0.0, $0.2) }))
        else { return nil }
        return (gap.exponent, root.exponent)
    }

    /// Largest first; waiting for the first byte holds the target's own time, so it says nothing here.
    private func phases(_ times: PhaseTimes) -> [(name: String, mean: Double)] {
        [
            ("name resolution", times.dns.mean / 1e6), ("connecting", times.connect.mean / 1e6),
            ("TLS", times.tls.mean / 1e6), ("receiving", times.receive.mean / 1e6),
        ]
        .filter { $0.1 >= 1 }
        .sorted { $0.1 > $1.1 }
        .map { (name: $0.0, mean: $0.1) }
    }
}

extension FindingDetector where Self == GeneratorGapDetector {
    package static var generatorGap: Self { Self() }
}
