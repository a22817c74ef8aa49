import Analysis

/// `score.log.jsonl`: one line a component and a limit, then one with the final score, for each test in turn.
struct ScoreLog: ArtifactRenderer {
    let name = "score.log.jsonl"

    func render(_ report: RunReport) throws -> [Artifact] {
        let lines = report.tests.flatMap { entries(for: $0, of: report) }
        return [Artifact(path: name, text: lines.map { JSONText.line($0) + "\n" }.joined())]
    }

    private func entries(for test: TestReport, of report: RunReport) -> [DocumentValue] {
        func line(_ step: String, attempt: Int? = nil, _ values: DocumentValue) -> DocumentValue {
            let head: DocumentValue = [
                "traceId": .string(report.run.lineageID), "runId": .string(report.run.id),
                "endpoint": .string(test.name), "testType": .string(test.testTypeName),
                "retryAttempt": .of(attempt ?? report.retryAttempt), "step": .string(step),
            ]
            return .joined([head, values])
        }
        let components = test.verdict.score.components.map { component in
            line(
                "component",
                [
                    "component": .string(TestMetrics.componentName(component.name)),
                    "weight": .number(component.weight),
                    "effectiveWeight": .number(component.effectiveWeight),
                    "value": .of(component.value),
                    "reason": .string(component.reason),
                ]
            )
        }
        let limits = test.verdict.limits.map { line("limit", TestMetrics.limit($0)) }
        let overrides = (test.verdict.overrides ?? []).map { line("override", ["change": .string($0)]) }
        let retries = (report.retry?.records ?? []).filter { $0.step.test == test.name }
            .compactMap { record in
                report.retry.map { line("retry", attempt: record.attempt, GateFields.record(record, $0)) }
            }
        let final = line(
            "final",
            [
                "finalScore": .number(test.verdict.score.value),
                "status": .string(test.verdict.status.rawValue),
                "regressed": .bool(test.verdict.isRegressed),
                "reasons": .of(test.verdict.reasons),
            ]
        )
        return components + limits + overrides + retries + [final]
    }
}

extension ArtifactRenderer where Self == ScoreLog {
    static var scoreLog: Self { Self() }
}
