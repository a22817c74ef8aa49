import Analysis
import Telemetry

/// `findings.json`: who, best first, and every finding with what supports it.
struct FindingsList: ArtifactRenderer {
    let name = "findings.json"

    func render(_ report: RunReport) throws -> [Artifact] {
        let document: DocumentValue = [
            "schema": "plimsoll-findings/1",
            "runId": .string(report.run.id),
            "retryAttempt": .of(report.retryAttempt),
            "culprits": .array(report.culprits.map { culprit($0) }),
            "findings": .array(report.findings.map { finding($0) }),
        ]
        return [Artifact(path: name, text: JSONText.document(document))]
    }

    private func culprit(_ culprit: Culprit) -> DocumentValue {
        [
            "service": .string(culprit.service),
            "operation": .string(culprit.operation),
            "score": .number(culprit.score),
            "confidence": .number(culprit.confidence),
            "share": .number(culprit.share),
            "findings": .of(culprit.findings),
        ]
    }

    private func finding(_ finding: Finding) -> DocumentValue {
        let evidence = finding.evidence
        let notes = [
            finding.acceptance.map { DocumentMember("acceptance", .string($0)) },
            finding.assignee.map { DocumentMember("assignee", .string($0)) },
        ]
        let document: DocumentValue = [
            "id": .string(finding.id),
            "kind": .string(finding.kind),
            "fingerprint": .string(finding.fingerprint),
            "severity": .string(finding.severity.rawValue),
            "confidence": .number(finding.confidence),
            "culprit": [
                "service": .string(finding.culprit.service),
                "operation": .string(finding.culprit.operation),
                "attribute": .of(finding.culprit.attribute),
            ],
            "endpoint": .string(finding.endpoint),
            "sentence": .string(finding.sentence),
            "suggestion": .string(finding.suggestion),
            "evidence": [
                "numbers": .object(
                    evidence.numbers.sorted { $0.key < $1.key }.map { DocumentMember($0.key, .number($0.value)) }
                ),
                "exemplarTraceIds": [
                    "typical": .of(evidence.typicalTraceID?.hex),
                    "worst": .of(evidence.worstTraceID?.hex),
                    "baseline": .of(evidence.baselineTraceID?.hex),
                ],
                "baselineTraces": .of(evidence.baselineTraces),
                "currentTraces": .of(evidence.currentTraces),
                "explainedShare": .of(evidence.explainedShare),
            ],
        ]
        return .joined([document, .object(notes.compactMap { $0 })])
    }
}

extension ArtifactRenderer where Self == FindingsList {
    static var findings: Self { Self() }
}
