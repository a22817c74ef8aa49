import Correlation

/// The third column of the status table: what the baseline says (`spec/contract.md` section 2).
struct BaselineColumn {
    var status = TestStatus.pass
    /// Worst first.
    var reasons: [(status: TestStatus, sentence: String)] = []
    var isRegressed = false

    /// Confidence from which a change counts fully; between this and `warningConfidence` it is at most a warning.
    ///
    /// Three baseline runs can reach it, one or two cannot (`PosteriorConfidence.cap`).
    static let gatingConfidence = 0.8
    static let warningConfidence = 0.5

    /// Fewer runs than this do not tell the noise between runs: what they say is a warning at most (decision 6).
    static let gatingRuns = 3

    /// - Parameters:
    ///   - comparison: with the baseline.
    ///   - score: of the current run.
    ///   - errorRate: of the current run, and its limit.
    ///   - errorLimit: 0...1.
    ///   - findings: of this endpoint, worst first.
    init(
        _ comparison: EndpointComparison,
        score: Double,
        errorRate: Double,
        errorLimit: Double,
        findings: [Finding]
    ) {
        latency(comparison.p95)
        let lost = comparison.baselineScore - score
        if lost > 0.15 {
            isRegressed = true
            add(
                .degraded,
                "the score fell by \(Wording.number(lost)), from \(Wording.number(comparison.baselineScore)) to "
                    + Wording.number(score)
            )
        }
        if errorRate > 2 * comparison.baselineErrorRate, errorRate > errorLimit {
            add(
                .fail,
                "\(Wording.percent(errorRate)) of requests failed, before "
                    + "\(Wording.percent(comparison.baselineErrorRate))"
            )
        }
        bottleneck(findings)
        if comparison.baselineRunIDs.count < BaselineColumn.gatingRuns {
            reasons = reasons.map { ($0.status.rank > TestStatus.warning.rank ? .warning : $0.status, $0.sentence) }
            isRegressed = false
        }
        reasons.sort { $0.status.rank > $1.status.rank }
        status = reasons.first?.status ?? .pass
    }

    private mutating func latency(_ p95: ChangeEstimate) {
        guard p95.decision == .regression, let ratio = p95.ratio, p95.confidence >= BaselineColumn.warningConfidence
        else { return }
        let change = ratio - 1
        let isCertain = p95.confidence >= BaselineColumn.gatingConfidence
        let byChange: TestStatus = change > 0.5 ? .fail : change > 0.2 ? .degraded : change > 0.1 ? .warning : .pass
        let status = isCertain || byChange == .pass ? byChange : .warning
        if change > 0.25, isCertain { isRegressed = true }
        guard status != .pass else { return }
        add(
            status,
            "p95 rose by \(Wording.percent(change)), from \(Wording.milliseconds(p95.before)) to "
                + "\(Wording.milliseconds(p95.after)) (confidence \(Wording.percent(p95.confidence)))"
        )
    }

    /// "A new bottleneck span on the critical path": a regressed or new operation of high severity.
    private mutating func bottleneck(_ findings: [Finding]) {
        let kinds: Set = ["n_plus_one_query", "self_time_regression", "edge_latency_regression", "new_operation"]
        let new = findings.first {
            $0.isRegression && $0.severity >= .high && $0.confidence >= BaselineColumn.gatingConfidence
                && kinds.contains($0.kind)
        }
        if let new { add(.degraded, new.sentence) }
    }

    private mutating func add(_ status: TestStatus, _ sentence: String) {
        reasons.append((status, sentence))
    }
}
