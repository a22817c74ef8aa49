import Analysis
import Correlation

/// `trace-summary.json`: what became of every trace id, and where the time of a request goes.
struct TraceSummary: ArtifactRenderer {
    let name = "trace-summary.json"

    func render(_ report: RunReport) throws -> [Artifact] {
        let run = report.run
        let tests = report.tests.map { TestTraces($0, findings: report.findings) }
        // The seeds' single-trace keys, said of the slowest test of the run.
        let slowest = tests.max { $0.meanDuration ?? 0 < $1.meanDuration ?? 0 }
        let document: DocumentValue = [
            "schema": "trace-summary/1",
            "runId": .string(run.id),
            "traceId": .string(run.lineageID),
            "moduleId": .string(run.moduleID),
            "editionId": .string(run.editionID),
            "retryAttempt": .of(report.retryAttempt),
            "spanCount": .of(report.completeness.spans),
            "traceCount": .of(TestTraces.joinedTraces(report.completeness)),
            "coverage": .of(report.completeness.coverage),
            "services": .of(report.services),
            "longestSpan": .of(slowest?.longestSpan),
            "durationMs": .of(slowest?.meanDuration),
            "spanDeltaVsBaseline": .of(slowest?.spanDelta),
            "bottleneckDetected": .bool(report.findings.contains { $0.severity >= .medium }),
            "baselineRuns": .of(baselineRuns(report)),
            "completeness": TestTraces.document(report.completeness),
            "tests": .array(tests.map(\.document)),
            "findings": .array(
                report.findings.map { finding in
                    [
                        "id": .string(finding.id), "kind": .string(finding.kind),
                        "fingerprint": .string(finding.fingerprint), "severity": .string(finding.severity.rawValue),
                        "endpoint": .string(finding.endpoint),
                    ]
                }
            ),
        ]
        return [Artifact(path: name, text: JSONText.document(document))]
    }

    private func baselineRuns(_ report: RunReport) -> [String] {
        var seen: Set<String> = []
        return report.tests.flatMap { $0.comparison?.baselineRunIDs ?? [] }.filter { seen.insert($0).inserted }
    }
}

extension ArtifactRenderer where Self == TraceSummary {
    static var traceSummary: Self { Self() }
}
