package import Correlation
package import Plans
import Statistics
import Telemetry

/// Turns what was measured into a verdict, by the rules of `spec/contract.md` section 2.
///
/// The status is the worst of three columns: the score, the limits, and the baseline.
package struct Scorer: Sendable {
    package init() {}

    /// - Parameters:
    ///   - test: as measured and correlated.
    ///   - definition: the test's entry in the plan.
    ///   - plan: for the module and edition that rules select.
    ///   - thresholds: all rules of the project.
    ///   - weights: all rules of the project.
    ///   - comparison: `nil` on a first run.
    ///   - resources: what the target used.
    ///   - findings: of the whole run, worst first; those of other endpoints are ignored.
    /// - Returns: the verdict with its reasons, worst first.
    package func verdict(
        for test: CorrelatedTest,
        definition: TestDefinition,
        plan: TestPlan,
        thresholds: [ThresholdRule],
        weights: [WeightRule],
        comparison: EndpointComparison?,
        resources: ResourceUsage,
        findings: [Finding]
    ) -> Verdict {
        let limits = ResolvedLimits(definition: definition, plan: plan, rules: thresholds, comparison: comparison)
        let weighting = weights.applying(to: definition, in: plan).first
        let card = ScoreCard(weights: weighting?.weights ?? ScoreWeights(), limits: limits)
        let score = card.score(load: test.load, resources: resources, comparison: comparison)
        let outcomes = LimitCheck(limits: limits).outcomes(load: test.load, resources: resources)

        let invalid = Scorer.invalidReasons(test.load)
        guard invalid.isEmpty else {
            return Verdict(status: .invalid, score: score, limits: outcomes, reasons: invalid, isRegressed: false)
        }
        let baseline = comparison.map {
            BaselineColumn(
                $0,
                score: score.value,
                errorRate: test.load.ledger.errorRate,
                errorLimit: limits.errorRate.value,
                findings: findings.filter { $0.endpoint == test.name }
            )
        }
        var reasons = baseline?.reasons ?? []
        reasons += Scorer.limitReasons(outcomes, limits: limits, comparison: comparison)
        let byScore = Scorer.status(score: score.value)
        if byScore != .pass { reasons.append((byScore, Scorer.scoreReason(score))) }
        // A stable order: columns as above where the status is the same.
        let sorted = reasons.enumerated()
            .sorted { ($1.element.status.rank, $0.offset) < ($0.element.status.rank, $1.offset) }
            .map(\.element)
        let worst = sorted.first?.status ?? (comparison == nil ? .exploratory : .pass)
        let passedBefore = [TestStatus.pass, .exploratory].contains { $0.rawValue == comparison?.baselineStatus }
        return Verdict(
            status: worst,
            score: score,
            limits: outcomes,
            reasons: sorted.isEmpty ? [Scorer.goodReason(outcomes, comparison)] : sorted.map(\.sentence),
            isRegressed: baseline.map { $0.isRegressed || (worst == .fail && passedBefore) } ?? false
        )
    }

    /// "pass ≥ 0.90, warning 0.75–0.89, degraded 0.50–0.74, fail < 0.50".
    static func status(score: Double) -> TestStatus {
        // A weighted mean of exact ones may come out a rounding error below a bound.
        let value = score + 1e-9
        return value >= 0.9 ? .pass : value >= 0.75 ? .warning : value >= 0.5 ? .degraded : .fail
    }

    /// "degraded: one violated; fail: two or more violated, or one by > 2 ×".
    ///
    /// A limit derived from the baseline is a comparison with the baseline, so it counts only where the change is
    /// significant; otherwise every noisy run would fail a limit nobody has set.
    private static func limitReasons(
        _ outcomes: [LimitOutcome],
        limits: ResolvedLimits,
        comparison: EndpointComparison?
    ) -> [(status: TestStatus, sentence: String)] {
        let isCertain = comparison?.hasCertainSlowdown ?? false
        let violated = outcomes.filter { outcome in
            !outcome.isMet && (outcome.name != "latency.p95" || !limits.p95.isFromBaseline || isCertain)
        }
        let status: TestStatus = violated.count > 1 || violated.contains { $0.excess > 2 } ? .fail : .degraded
        return violated.sorted { $0.excess > $1.excess }.map { (status, $0.sentence) }
    }

    private static func invalidReasons(_ load: TestLoad) -> [String] {
        if load.ledger.answered == 0, load.invalidReasons.isEmpty { return ["the target answered no request"] }
        return load.invalidReasons
    }

    private static func scoreReason(_ score: Score) -> String {
        func lost(_ part: ScoreComponent) -> Double { part.effectiveWeight * (1 - (part.value ?? 1)) }
        let weakest = score.components.max { lost($0) < lost($1) }
        return "the score is \(Wording.number(score.value))" + (weakest.map { ", most lost by \($0.reason)" } ?? "")
    }

    private static func goodReason(_ outcomes: [LimitOutcome], _ comparison: EndpointComparison?) -> String {
        var parts = outcomes.filter { !$0.isMet }.map { "\($0.sentence), not a significant change" }
        let met = outcomes.filter(\.isMet)
        if let shown = met.first(where: { $0.name == "latency.p95" }) ?? met.first {
            let others = met.count - 1
            parts.append(shown.sentence + (others == 0 ? "" : ", \(others) more limit\(others == 1 ? "" : "s") met"))
        }
        parts.append(comparison.map(unchanged) ?? "no baseline to compare with yet")
        return parts.joined(separator: "; ")
    }

    private static func unchanged(_ comparison: EndpointComparison) -> String {
        let runs = comparison.baselineRunIDs.count
        let change = comparison.p95.ratio.map { " (p95 \(Wording.signedPercent($0 - 1)))" } ?? ""
        return "no significant slowdown against \(runs) earlier run\(runs == 1 ? "" : "s")\(change)"
    }
}
