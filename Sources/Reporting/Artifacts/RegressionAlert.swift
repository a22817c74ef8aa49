import Analysis

/// `regression-alert.yaml`: only where a test is degraded, failed or regressed.
struct RegressionAlert: ArtifactRenderer {
    let name = "regression-alert.yaml"

    func render(_ report: RunReport) throws -> [Artifact] {
        let alarming = report.tests.filter { test in
            test.verdict.status == .degraded || test.verdict.status == .fail
                || test.verdict.isRegressed && test.verdict.status != .invalid
        }
        guard let worst = alarming.max(by: { $0.verdict.status.rank < $1.verdict.status.rank }) else { return [] }
        let headline = RunHeadline(report)
        let document: DocumentValue = [
            "triggeredBy": .string(worst.verdict.isRegressed ? "performance-regression" : "limit-violation"),
            "traceId": .string(report.run.lineageID),
            "runId": .string(report.run.id),
            "moduleId": .string(report.run.moduleID),
            "editionId": .string(report.run.editionID),
            "retryAttempt": .of(report.retryAttempt),
            "testType": .string(worst.testTypeName),
            "endpoint": .string(worst.name),
            "status": .string(worst.verdict.status.rawValue),
            "performanceScore": .number(worst.verdict.score.value),
            "trigger": .string(trigger(worst)),
            "reason": .string(worst.verdict.reasons.joined(separator: " ")),
            "actionRequired": true,
            "culprit": headline.culprit.map {
                [
                    "service": .string($0.service), "operation": .string($0.operation),
                    "attribute": .of(headline.finding?.culprit.attribute), "share": .number($0.share),
                    "confidence": .number($0.confidence), "findings": .of($0.findings),
                ]
            } ?? .null,
            "tests": .array(
                alarming.map {
                    [
                        "endpoint": .string($0.name), "status": .string($0.verdict.status.rawValue),
                        "regressed": .bool($0.verdict.isRegressed), "trigger": .string(trigger($0)),
                    ]
                }
            ),
            "suggestedActions": .of(suggestions(report)),
        ]
        return [Artifact(path: name, text: YAMLText.document(document))]
    }

    private func trigger(_ test: TestReport) -> String {
        if test.verdict.isRegressed, let ratio = test.comparison?.p95.ratio {
            return "Latency p95 regressed \(Quantity.percent(ratio - 1)) from baseline"
        }
        if let limit = test.verdict.limits.first(where: { !$0.isMet }) {
            return "\(limit.name) is \(Quantity.limit(limit.measured, unit: limit.unit)), "
                + "limit \(Quantity.limit(limit.limit, unit: limit.unit)) (\(limit.source))"
        }
        return test.verdict.reasons.first ?? "status is \(test.verdict.status.rawValue)"
    }

    private func suggestions(_ report: RunReport) -> [String] {
        var seen: Set<String> = []
        let own = report.findings.map(\.suggestion).filter { !$0.isEmpty && seen.insert($0).inserted }
        return Array(own.prefix(5)) + ["Look at flamegraph.diff.svg and report.html", "Rerun: \(report.run.command)"]
    }
}

extension ArtifactRenderer where Self == RegressionAlert {
    static var regressionAlert: Self { Self() }
}
