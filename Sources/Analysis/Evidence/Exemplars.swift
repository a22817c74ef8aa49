import Correlation
import Statistics
import Telemetry

/// The traces a finding shows: one nearest to the median of what it is about, and the worst.
struct Exemplars {
    var typical: TraceID?
    var worst: TraceID?
    var baseline: TraceID?

    init(typical: TraceID? = nil, worst: TraceID? = nil, baseline: TraceID? = nil) {
        self.typical = typical
        self.worst = worst
        self.baseline = baseline
    }

    /// Of equally near or bad ones the first.
    init(_ values: [(trace: TraceID, value: Double)]) {
        let median = RobustScale.median(values.map(\.value)) ?? 0
        typical = values.min { abs($0.value - median) < abs($1.value - median) }?.trace
        worst =
            values.reduce(nil as (trace: TraceID, value: Double)?) { worst, next in
                worst.map { next.value > $0.value ? next : $0 } ?? next
            }?.trace
    }
}

extension ComparedTest {
    /// A finding about this test, with what all findings have in common filled in.
    ///
    /// - Parameters:
    ///   - id: catalogue number.
    ///   - kind: the detector's.
    ///   - culprit: who is to blame.
    ///   - path: the path it is about; empty for none.
    ///   - key: what else tells it from others of the same kind and path; no numbers.
    ///   - severity: see `SeverityRule`.
    ///   - confidence: 0...1.
    ///   - sentence: one plain line with numbers.
    ///   - suggestion: what to do.
    ///   - numbers: evidence; each key names its unit.
    ///   - exemplars: traces to look at.
    ///   - explained: share of the endpoint's slowdown.
    ///   - isRegression: whether it is worse than the baseline.
    /// - Returns: the finding, with numbers that are none left out.
    func finding(
        _ id: String,
        _ kind: String,
        culprit: CulpritReference,
        path: [PathFrame] = [],
        key: String = "",
        severity: Severity,
        confidence: Double,
        sentence: String,
        suggestion: String,
        numbers: [String: Double],
        exemplars: Exemplars,
        explained: Double? = nil,
        isRegression: Bool = false
    ) -> Finding {
        let anchor = path.isEmpty ? "\(culprit.service): \(culprit.operation)" : ""
        return Finding(
            id: id,
            kind: kind,
            fingerprint: Fingerprint.make(
                kind: kind,
                endpoint: endpoint,
                path: path,
                key: [anchor, key].filter { !$0.isEmpty }.joined(separator: " | ")
            ),
            severity: severity,
            confidence: confidence,
            culprit: culprit,
            endpoint: endpoint,
            sentence: sentence,
            suggestion: suggestion,
            evidence: Evidence(
                numbers: numbers.filter { $0.value.isFinite },
                typicalTraceID: exemplars.typical,
                worstTraceID: exemplars.worst,
                baselineTraceID: exemplars.baseline ?? comparison?.baselineProfile.paths.first?.typicalTraceID,
                baselineTraces: comparison?.baselineProfile.traces ?? 0,
                currentTraces: profile.traces,
                explainedShare: explained
            ),
            path: path,
            isRegression: isRegression
        )
    }

    /// By share of what matters, at most `most`.
    func severity(share: Double, confidence: Double, atMost most: Severity = .critical) -> Severity {
        min(
            most,
            SeverityRule.severity(share: share, confidence: confidence, coverage: test.completeness.coverage)
        )
    }

    /// The target's own first operation: whom to name when the endpoint as a whole is meant.
    var entry: OperationKey {
        profile.paths.first { $0.parent == 0 && $0.frame.synthetic == nil }?.frame.operation
            ?? OperationKey(service: "client", name: endpoint, kind: .client)
    }

    /// The exemplars of the whole request.
    var requestExemplars: Exemplars {
        Exemplars(typical: profile.paths.first?.typicalTraceID, worst: profile.paths.first?.worstTraceID)
    }
}

extension CulpritReference {
    init(_ operation: OperationKey, attribute: String? = nil) {
        self.init(service: operation.service, operation: operation.name, attribute: attribute)
    }
}
