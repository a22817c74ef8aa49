import Analysis
import Correlation
import Statistics

/// `perf-metrics.json`: every number of every test, and the seeds' flat keys where there is exactly one test.
struct PerfMetrics: ArtifactRenderer {
    let name = "perf-metrics.json"

    func render(_ report: RunReport) throws -> [Artifact] {
        let run = report.run
        var document: DocumentValue = [
            "schema": "plimsoll-perf-metrics/1",
            "runId": .string(run.id),
            "traceId": .string(run.lineageID),
            "moduleId": .string(run.moduleID),
            "editionId": .string(run.editionID),
            "performanceScore": .number(report.score),
            "status": .string(report.status.rawValue),
            "exitCode": .of(report.exitCode),
        ]
        document = .joined([document, GateFields.run(report)])
        if report.tests.count == 1 {
            document = .joined([document, TestMetrics.flat(report.tests[0])])
        }
        let details: DocumentValue = [
            "target": .string(run.targetURL),
            "startedAt": .string(Timestamp.rfc3339(run.startedAt)),
            "endedAt": .string(Timestamp.rfc3339(run.endedAt)),
            "interrupted": .bool(run.wasInterrupted),
            "traceCoverage": .of(report.completeness.coverage),
            "version": .string(run.version),
            "engine": .string(run.engine),
            "environment": .string(run.environment),
            "command": .string(run.command),
            "tests": .array(report.tests.map { TestMetrics.full($0) }),
            "warnings": .of(report.warnings),
        ]
        return [Artifact(path: name, text: JSONText.document(.joined([document, details])))]
    }
}

extension ArtifactRenderer where Self == PerfMetrics {
    static var perfMetrics: Self { Self() }
}
