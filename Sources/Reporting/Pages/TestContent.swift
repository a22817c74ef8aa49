import Analysis
import Correlation
import Statistics
import Telemetry

/// What a page says of one test.
struct TestContent {
    private static let maximumOperations = 40

    let test: TestReport
    let index: Int
    let text: PageText

    var values: [String: Any] {
        let load = test.load
        return [
            "anchor": "test-\(index + 1)",
            "name": text.words(test.name),
            "type": test.testTypeName,
            "status": test.verdict.status.rawValue,
            "statusMark": PageContent.mark(test.verdict.status),
            "testScore": NumberText.fixed(test.verdict.score.value, decimals: 2),
            "limits": test.verdict.limits.map { limit($0) },
            "hasLimits": !test.verdict.limits.isEmpty,
            "components": test.verdict.score.components.map { component($0) },
            "hasComponents": !test.verdict.score.components.isEmpty,
            "quantiles": quantiles,
            "hasQuantiles": !load.latency.isEmpty,
            "rate": Quantity.rate(load.achievedRate),
            "targetRate": Quantity.rate(load.targetRate),
            "errors": load.scheduled == 0 ? "–" : Quantity.percent(load.errorRate),
            "outcomes": outcomes,
            "baseline": baseline ?? false,
            "notComparable": test.comparison?.notComparable.map { text.words($0) } ?? false,
            "edition": test.editionDeviation.map { text.words(EditionDeviationText.sentence($0)) } ?? false,
            "operations": operations,
            "hasOperations": !operations.isEmpty,
            "hasComparison": test.comparison != nil,
            "exemplarIsCulprits": test.exemplar != nil,
            "exemplars": load.exemplarTraceIDs.prefix(5).map { text.code($0.hex) },
            "hasExemplars": !load.exemplarTraceIDs.isEmpty,
            "characteristic": characteristic ?? false,
            "steps": steps,
            "hasSteps": !steps.isEmpty,
            "flowSteps": flowSteps,
            "hasFlowSteps": !flowSteps.isEmpty,
            "failureReasons": failureReasons,
            "hasFailureReasons": !failureReasons.isEmpty,
        ]
    }

    private var characteristic: [String: Any]? {
        CharacteristicSummary(test).map { summary in
            [
                "characteristicTitle": summary.title,
                "characteristicSentence": text.words(summary.sentence),
                "facts": summary.facts.map { ["fact": $0.name, "factValue": text.words($0.value)] },
            ]
        }
    }

    private var steps: [[String: Any]] {
        (test.load.steps ?? []).map { step in
            let row = StepRow(step: step)
            return [
                "level": row.level,
                "stepRate": Quantity.rate(step.achievedRate),
                "stepP50": row.quantile(0.5).map { Quantity.milliseconds($0) } ?? "–",
                "stepP95": row.quantile(0.95).map { Quantity.milliseconds($0) } ?? "–",
                "stepP99": row.quantile(0.99).map { Quantity.milliseconds($0) } ?? "–",
                "stepErrors": Quantity.percent(step.errorRate),
                "stepResult": text.words(row.result),
                "hasHeld": step.hasHeld,
            ]
        }
    }

    private var flowSteps: [[String: Any]] {
        (test.load.flowSteps ?? []).map { step in
            func quantile(_ p: Double) -> String {
                QuantileEstimate(p, of: step.latency).map { Quantity.milliseconds($0.value) } ?? "–"
            }
            return [
                "flowStep": text.words(step.name),
                "due": Quantity.count(step.scheduled),
                "flowP50": quantile(0.5),
                "flowP95": quantile(0.95),
                "flowP99": quantile(0.99),
                "flowErrors": step.scheduled == 0 ? "–" : Quantity.percent(step.errorRate),
            ]
        }
    }

    private var failureReasons: [[String: Any]] {
        (test.load.failureReasons ?? [:])
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { ["failureReason": text.words($0.key), "failureCount": Quantity.count($0.value)] }
    }

    private func limit(_ limit: LimitOutcome) -> [String: Any] {
        [
            "limitName": text.words(limit.name),
            "measured": Quantity.limit(limit.measured, unit: limit.unit),
            "limit": Quantity.limit(limit.limit, unit: limit.unit),
            "isMet": limit.isMet,
            "verdict": limit.isMet ? "met" : "missed, \(Quantity.mean(limit.excess)) ×",
            "source": text.words(limit.source),
        ]
    }

    private func component(_ component: ScoreComponent) -> [String: Any] {
        [
            "component": TestMetrics.componentName(component.name),
            "weight": Quantity.percent(component.effectiveWeight),
            "value": component.value.map { NumberText.fixed($0, decimals: 2) } ?? "no data",
            "why": text.words(component.reason),
        ]
    }

    private var quantiles: [[String: Any]] {
        let named = [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)]
        return named.compactMap { name, p in
            guard let now = QuantileEstimate(p, of: test.load.latency) else { return nil }
            let low = now.low.map { Quantity.milliseconds($0) } ?? "?"
            let high = now.high.map { Quantity.milliseconds($0) } ?? "?"
            return [
                "quantile": name,
                "value": Quantity.milliseconds(now.value),
                "interval": "\(low) – \(high)",
                "service": QuantileEstimate(p, of: test.load.serviceTime).map { Quantity.milliseconds($0.value) }
                    ?? "–",
                "doubt": now.isReliable ? false : "only \(now.beyond) samples beyond it",
            ]
        }
    }

    private var outcomes: String {
        let parts = RequestOutcome.allCases.compactMap { outcome in
            test.load.outcomes[outcome.name].map { "\(Quantity.count($0)) \(outcome.name)" }
        }
        return "\(Quantity.count(test.load.scheduled)) scheduled"
            + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }

    private var baseline: [String: Any]? {
        guard let comparison = test.comparison else { return nil }
        return [
            "runs": comparison.baselineRunIDs.map { text.code($0) }.joined(separator: ", "),
            "rows": [
                change("p95 from the schedule", comparison.p95), change("mean of complete traces", comparison.mean),
            ],
            "errorsBefore": Quantity.percent(comparison.baselineErrorRate),
            "scoreBefore": NumberText.fixed(comparison.baselineScore, decimals: 2),
            "statusBefore": text.words(comparison.baselineStatus),
        ]
    }

    private func change(_ name: String, _ change: ChangeEstimate) -> [String: Any] {
        let interval: String =
            if let low = Quantity.change(change.ratioLow), let high = Quantity.change(change.ratioHigh) {
                "\(low) … \(high)"
            } else {
                "–"
            }
        return [
            "what": name,
            "before": Quantity.milliseconds(change.before),
            "after": Quantity.milliseconds(change.after),
            "change": Quantity.change(change.ratio) ?? "–",
            "changeInterval": interval,
            "changeConfidence": Quantity.confidence(change.confidence),
            "decision": TestContent.words(for: change.decision),
            "decisionClass": change.decision.rawValue,
        ]
    }

    static func words(for decision: ChangeDecision) -> String {
        switch decision {
        case .regression: "slower"
        case .improvement: "faster"
        case .noChange: "no change"
        case .inconclusive: "inconclusive"
        }
    }

    private var operations: [[String: Any]] {
        OperationSummary.table(of: test).prefix(TestContent.maximumOperations).map { row in
            let decision = row.change?.critical.decision
            return [
                "operation": text.code(row.frame.label),
                "statement": row.statement.map { text.code($0) } ?? false,
                "calls": Quantity.mean(row.callsPerRequest),
                "callsBefore": row.callsBefore.map { Quantity.mean($0) } ?? "–",
                "critical": Quantity.milliseconds(row.criticalPerRequest),
                "shareText": Quantity.percent(row.share),
                "shareBar": ShareBar.svg(row.share, width: 64),
                "p50": QuantileEstimate(0.5, of: row.callDuration).map { Quantity.milliseconds($0.value) } ?? "–",
                "p95": QuantileEstimate(0.95, of: row.callDuration).map { Quantity.milliseconds($0.value) } ?? "–",
                "errorCount": Quantity.count(row.errors),
                "delta": row.delta.map { Quantity.signedMilliseconds($0) } ?? "–",
                "operationDecision": decision.map { TestContent.words(for: $0) } ?? "–",
                "decisionClass": decision?.rawValue ?? "none",
            ]
        }
    }
}
