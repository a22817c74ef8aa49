import Analysis
import Telemetry

/// `load-trace-map.yaml`: which endpoint was tested, with what result, and traces to look at.
struct LoadTraceMap: ArtifactRenderer {
    let name = "load-trace-map.yaml"

    func render(_ report: RunReport) throws -> [Artifact] {
        let document: DocumentValue = [
            "traceId": .string(report.run.lineageID),
            "runId": .string(report.run.id),
            "editionId": .string(report.run.editionID),
            "moduleId": .string(report.run.moduleID),
            "retryAttempt": .of(report.retryAttempt),
            "tests": .array(report.tests.map { entry($0) }),
        ]
        return [Artifact(path: name, text: YAMLText.document(document))]
    }

    private func entry(_ test: TestReport) -> DocumentValue {
        let load = test.load
        return [
            "endpoint": .string(test.name),
            "testType": .string(test.testTypeName),
            "result": .string(test.verdict.status.rawValue),
            "p95LatencyMs": .of(QuantileEstimate(0.95, of: load.latency)?.value),
            "errorRate": load.scheduled == 0 ? .null : .number(load.errorRate),
            "rps": .number(load.achievedRate),
            "exemplarTraceIds": .of(load.exemplarTraceIDs.map(\.hex)),
        ]
    }
}

extension ArtifactRenderer where Self == LoadTraceMap {
    static var loadTraceMap: Self { Self() }
}
