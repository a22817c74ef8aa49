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
    ///   - rules: what people set, for all tests.
    ///   - comparison: `nil` on a first run.
    ///   - resources: what the target used.
    ///   - findings: of the whole run, worst first; those of other endpoints are ignored.
    /// - Returns: the verdict with its reasons, worst first.
    package func verdict(
        for test: CorrelatedTest,
        definition: TestDefinition,
        plan: TestPlan,
        rules: VerdictRules,
        comparison: EndpointComparison?,
        resources: ResourceUsage,
        findings: [Finding]
    ) -> Verdict {
        let limits = ResolvedLimits(definition: definition, plan: plan, rules: rules, comparison: comparison)
        let notes = AppliedAnnotations(rules.annotations, to: definition, in: plan)
        let weighting = rules.weights.applying(to: definition, in: plan).first
        let card = ScoreCard(
            weights: weighting?.weights ?? ScoreWeights(),
            limits: limits,
            exclusion: { notes.exclusion(of: $0) }
        )
        let score = card.score(load: test.load, resources: resources, comparison: comparison)
        let outcomes = LimitCheck(limits: limits).outcomes(load: test.load, resources: resources)
        var verdict = Verdict(status: .invalid, score: score, limits: outcomes, reasons: [], isRegressed: false)
        verdict.gateExclusion =
            notes.gateExclusion ?? (definition.excludesFromGate ? "excludeFromGate of the plan" : nil)
        verdict.scoreExclusion = notes.scoreExclusion
        verdict.weightsSource = weighting?.source

        verdict.reasons = Scorer.invalidReasons(test.load)
        guard verdict.reasons.isEmpty else { return verdict }
        let baseline = comparison.map {
            BaselineColumn(
                $0,
                score: score.value,
                errorRate: test.load.ledger.errorRate,
                errorLimit: limits.errorRate.value,
                findings: findings.filter { $0.endpoint == test.name }
            )
        }
        let isCertain = comparison?.hasCertainSlowdown ?? false
        var apart = Scorer.limitReasons(outcomes.filter { Scorer.counts($0, limits, isCertain) })
        let byScore = Scorer.status(score: score.value)
        if byScore != .pass, verdict.scoreExclusion == nil { apart.append((byScore, Scorer.scoreReason(score))) }
        // A stable order: columns as above where the status is the same.
        let sorted = ((baseline?.reasons ?? []) + apart).enumerated()
            .sorted { ($1.element.status.rank, $0.offset) < ($0.element.status.rank, $1.offset) }
            .map(\.element)
        let hasBaseline = comparison != nil || limits.recorded != nil
        verdict.status = sorted.first?.status ?? (hasBaseline ? .pass : .exploratory)
        verdict.statusApartFromBaseline = apartFromBaseline(
            test,
            resources,
            ResolvedLimits(definition: definition, plan: plan, rules: rules.withoutBaselines, comparison: nil),
            card
        )
        let passedBefore = [TestStatus.pass, .exploratory].contains { $0.rawValue == comparison?.baselineStatus }
        verdict.isRegressed = baseline.map { $0.isRegressed || (verdict.status == .fail && passedBefore) } ?? false
        verdict.reasons =
            sorted.isEmpty ? [Scorer.goodReason(outcomes, comparison, limits)] : sorted.map(\.sentence)
        let accepted = findings.filter { $0.endpoint == test.name && BaselineColumn.isBottleneck($0) }
        verdict.apply(notes, limits, accepted: comparison == nil ? [] : accepted)
        return verdict
    }

    /// What score and limits come to for somebody who knows no baseline.
    private func apartFromBaseline(
        _ test: CorrelatedTest,
        _ resources: ResourceUsage,
        _ limits: ResolvedLimits,
        _ card: ScoreCard
    ) -> TestStatus {
        let bare = ScoreCard(weights: card.weights, limits: limits, exclusion: card.exclusion)
        let byScore = Scorer.status(score: bare.score(load: test.load, resources: resources, comparison: nil).value)
        let outcomes = LimitCheck(limits: limits).outcomes(load: test.load, resources: resources)
        let byLimits = Scorer.limitReasons(outcomes.filter { !$0.isMet }).first?.status ?? .pass
        return byScore.rank > byLimits.rank ? byScore : byLimits
    }

    /// "pass ≥ 0.90, warning 0.75–0.89, degraded 0.50–0.74, fail < 0.50".
    static func status(score: Double) -> TestStatus {
        // A weighted mean of exact ones may come out a rounding error below a bound.
        let value = score + 1e-9
        return value >= 0.9 ? .pass : value >= 0.75 ? .warning : value >= 0.5 ? .degraded : .fail
    }

    /// "degraded: one violated; fail: two or more violated, or one by > 2 ×".
    private static func limitReasons(_ violated: [LimitOutcome]) -> [(status: TestStatus, sentence: String)] {
        let status: TestStatus = violated.count > 1 || violated.contains { $0.excess > 2 } ? .fail : .degraded
        return violated.sorted { $0.excess > $1.excess }.map { (status, $0.sentence) }
    }

    /// Whether a limit is violated, and the violation counts.
    ///
    /// A limit derived from the baseline is a comparison with the baseline, so it counts only where the change is
    /// significant; otherwise every noisy run would fail a limit nobody has set.
    private static func counts(_ outcome: LimitOutcome, _ limits: ResolvedLimits, _ isCertain: Bool) -> Bool {
        !outcome.isMet && (outcome.name != "latency.p95" || !limits.p95.isFromBaseline || isCertain)
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

    private static func goodReason(
        _ outcomes: [LimitOutcome],
        _ comparison: EndpointComparison?,
        _ limits: ResolvedLimits
    ) -> String {
        var parts = outcomes.filter { !$0.isMet }.map { "\($0.sentence), not a significant change" }
        let met = outcomes.filter(\.isMet)
        if let shown = met.first(where: { $0.name == "latency.p95" }) ?? met.first {
            let others = met.count - 1
            parts.append(shown.sentence + (others == 0 ? "" : ", \(others) more limit\(others == 1 ? "" : "s") met"))
        }
        let unknown = limits.recorded.map { "no baseline but \($0.source)" } ?? "no baseline to compare with yet"
        parts.append(comparison.map(unchanged) ?? unknown)
        return parts.joined(separator: "; ")
    }

    private static func unchanged(_ comparison: EndpointComparison) -> String {
        let runs = comparison.baselineRunIDs.count
        let change = comparison.p95.ratio.map { " (p95 \(Wording.signedPercent($0 - 1)))" } ?? ""
        return "no significant slowdown against \(runs) earlier run\(runs == 1 ? "" : "s")\(change)"
    }
}

extension Verdict {
    /// Lets people's notes have the last word, and keeps on record what was found.
    fileprivate mutating func apply(
        _ notes: AppliedAnnotations,
        _ limits: ResolvedLimits,
        accepted findings: [Finding]
    ) {
        var changes = limits.relaxed
        for finding in findings {
            guard let source = finding.acceptance else { continue }
            changes.append("\(finding.id) in \(finding.culprit.service) does not count (\(source))")
        }
        for part in ScoreComponent.Name.allCases {
            if let source = notes.exclusion(of: part) { changes.append("score without \(part.rawValue) (\(source))") }
        }
        if let scoreExclusion { changes.append("the score does not count (\(scoreExclusion))") }
        if let gateExclusion { changes.append("left out of the gate (\(gateExclusion))") }
        if let (given, source) = notes.status, given != status {
            let change = "\(given.rawValue) instead of \(status.rawValue) (\(source))"
            changes.append(change)
            reasons.insert(change, at: 0)
            status = given
            statusApartFromBaseline = nil
        } else if let source = notes.flakiness, status == .degraded || status == .fail {
            let change = "known to be flaky, so needs-review instead of \(status.rawValue) (\(source))"
            changes.append(change)
            reasons.insert(change, at: 0)
            status = .needsReview
        }
        overrides = changes.isEmpty ? nil : changes
    }
}
