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

    /// The largest loss of score that is no regression.
    private static let allowedLoss = 0.15
    /// The error rate may be so many times the baseline's.
    private static let allowedErrorGrowth = 2.0
    /// Shares by which the p95 must rise for each status, and to count as a regression.
    private static let warningRise = 0.1
    private static let degradedRise = 0.2
    private static let failingRise = 0.5
    private static let regressedRise = 0.25

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
        if lost > BaselineColumn.allowedLoss {
            isRegressed = true
            add(
                .degraded,
                "the score fell by \(Wording.number(lost)), from \(Wording.number(comparison.baselineScore)) to "
                    + Wording.number(score)
            )
        }
        if errorRate > BaselineColumn.allowedErrorGrowth * comparison.baselineErrorRate, errorRate > errorLimit {
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
        let byChange: TestStatus =
            switch change {
            case let rise where rise > BaselineColumn.failingRise: .fail
            case let rise where rise > BaselineColumn.degradedRise: .degraded
            case let rise where rise > BaselineColumn.warningRise: .warning
            default: .pass
            }
        let status = isCertain || byChange == .pass ? byChange : .warning
        if change > BaselineColumn.regressedRise, isCertain { isRegressed = true }
        guard status != .pass else { return }
        add(
            status,
            "p95 rose by \(Wording.percent(change)), from \(Wording.milliseconds(p95.before)) to "
                + "\(Wording.milliseconds(p95.after)) (confidence \(Wording.percent(p95.confidence)))"
        )
    }

    private static let bottlenecks: Set = [
        FindingKind.repeatedQuery, FindingKind.selfTimeRegression, FindingKind.edgeLatency, FindingKind.newOperation,
    ]

    /// "A new bottleneck span on the critical path": a regressed or new operation of high severity.
    private mutating func bottleneck(_ findings: [Finding]) {
        let new = findings.first { BaselineColumn.isBottleneck($0) && $0.acceptance == nil }
        if let new { add(.degraded, new.sentence) }
    }

    /// Whether a verdict is the worse for it, unless somebody has accepted it.
    static func isBottleneck(_ finding: Finding) -> Bool {
        finding.isRegression && finding.severity >= .high && finding.confidence >= gatingConfidence
            && bottlenecks.contains(finding.kind)
    }

    private mutating func add(_ status: TestStatus, _ sentence: String) {
        reasons.append((status, sentence))
    }
}
