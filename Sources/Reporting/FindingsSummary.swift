package import Analysis
import Correlation
import Telemetry

/// A diagnosis for scripts and coding agents: who and why on one line of JSON, keys in a stable order.
package struct FindingsSummary: Sendable {
    private let report: RunReport
    private let directory: String

    /// More findings than this stand in `findings.json` only.
    private static let findingLimit = 20
    private static let culpritLimit = 20

    /// `directory` is where the artifacts lie.
    package init(_ report: RunReport, directory: String) {
        self.report = report
        self.directory = directory
    }

    package func json() -> String {
        JSONText.line([
            "run": .string(report.run.id),
            "status": .string(report.status.rawValue),
            "exitCode": .of(report.exitCode),
            "culprits": .array(report.culprits.prefix(Self.culpritLimit).map(culprit)),
            "findings": .array(report.findings.prefix(Self.findingLimit).map(finding)),
            "findingsInAll": .of(report.findings.count),
            "requests": .of(report.completeness.requested),
            "coverage": .of(report.completeness.coverage),
            "notes": .of(report.warnings),
            "artifacts": .string(directory),
        ])
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
        [
            "id": .string(finding.id),
            "kind": .string(finding.kind),
            "severity": .string(finding.severity.rawValue),
            "confidence": .number(finding.confidence),
            "service": .string(finding.culprit.service),
            "operation": .string(finding.culprit.operation),
            "endpoint": .string(finding.endpoint),
            "sentence": .string(finding.sentence),
            "exemplarTraceId": .of((finding.evidence.typicalTraceID ?? finding.evidence.worstTraceID)?.hex),
        ]
    }
}
