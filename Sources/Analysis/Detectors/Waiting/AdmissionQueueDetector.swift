import Correlation
import Statistics
import Telemetry

/// F21: calls wait longer to be taken on the more of them there are, while the callee's own work stays as fast.
package struct AdmissionQueueDetector: FindingDetector {
    package let kind = "admission_queue"
    var gapExponent = 0.5
    var selfExponent = 0.2
    var minimumDetermination = 0.4
    var minimumGrowth = 5.0
    var minimumCalls = 50

    package init() {}

    package func findings(in run: ComparedRun) -> [Finding] { run.findings(findings) }

    private func findings(in reader: TraceReader) -> [Finding] {
        guard let buckets = LoadBuckets(reader.test.test.load) else { return [] }
        let groups = RowGroups(reader) { row in
            reader.spans.kind[row] == .server ? Int(reader.context.path[row]) : nil
        }
        return groups.keys.compactMap { finding($0, groups[$0], buckets, reader) }
    }

    private func finding(_ path: Int, _ rows: [Int], _ buckets: LoadBuckets, _ reader: TraceReader) -> Finding? {
        let test = reader.test
        guard rows.count >= minimumCalls else { return nil }
        let gaps = rows.compactMap { row -> (UInt64, Double)? in
            guard let caller = reader.context.parent(of: row), reader.spans.kind[caller] == .client else { return nil }
            let (outer, inner) = (reader.milliseconds(caller), reader.milliseconds(row))
            return (reader.spans.startNanoseconds[caller], max(0.01, outer - inner))
        }
        let own = rows.map { (reader.spans.startNanoseconds[$0], reader.milliseconds($0)) }
        guard gaps.count >= minimumCalls, let gap = buckets.growth(of: buckets.medians(gaps)),
            let inner = buckets.growth(of: buckets.medians(own)), gap.exponent >= gapExponent,
            gap.determination >= minimumDetermination, gap.growth >= minimumGrowth, inner.exponent < selfExponent
        else { return nil }
        let operation = reader.operation(rows[0])
        let share = gap.growth / max(1e-9, test.p95Milliseconds)
        return test.finding(
            "F21",
            kind,
            culprit: CulpritReference(operation, attribute: "accept queue"),
            path: test.profile.stack(to: path),
            severity: test.severity(share: share, confidence: 0.8, atMost: .high),
            confidence: 0.8,
            sentence: "calls wait \(Wording.milliseconds(gap.high)) for \(Wording.operation(operation)) to begin at "
                + "\(Wording.number(gap.mostConcurrency)) requests in flight (\(Wording.milliseconds(gap.low)) at "
                + "\(Wording.number(gap.leastConcurrency))), while its own work stays as fast",
            suggestion:
                "More workers or instances of \(operation.service) take requests on sooner; its code is not slow.",
            numbers: [
                "gapExponentValue": gap.exponent, "selfExponentValue": inner.exponent, "gapLowMs": gap.low,
                "gapHighMs": gap.high, "concurrencyValue": gap.mostConcurrency, "criticalShareRatio": min(1, share),
            ],
            exemplars: Exemplars(
                typical: test.profile.paths[path].typicalTraceID,
                worst: test.profile.paths[path].worstTraceID
            )
        )
    }
}

extension FindingDetector where Self == AdmissionQueueDetector {
    package static var admissionQueue: Self { Self() }
}
