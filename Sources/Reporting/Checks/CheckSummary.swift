package import Analysis
import Telemetry

/// A check for scripts and coding agents: one line of JSON, at most 2 KiB, keys in a stable order.
package struct CheckSummary: Sendable {
    private let report: CheckReport
    private let directory: String?

    private static let maximumBytes = 2048
    private static let findingLimit = 5

    /// `directory` is where the artifacts lie; `nil` where none were written.
    package init(_ report: CheckReport, directory: String?) {
        self.report = report
        self.directory = directory
    }

    package func json() -> String {
        // Findings and words go first, the answer never does.
        for (count, limit) in [(Self.findingLimit, 240), (3, 160), (1, 120), (0, 80)] {
            let text = JSONText.line(value(findings: count, limit: limit))
            if text.utf8.count < Self.maximumBytes { return text }
        }
        return JSONText.line(value(findings: 0, limit: 20))
    }

    private func value(findings: Int, limit: Int) -> DocumentValue {
        func cut(_ text: String) -> DocumentValue { .string(PlainText.clean(text, limit: limit)) }
        return [
            "id": cut(report.id),
            "verdict": .string(report.verdict.rawValue),
            "exitCode": .of(report.verdict.exitCode),
            "confidence": .number(report.confidence),
            "service": cut(report.deploy.service),
            "version": cut(report.deploy.version),
            "deployedAt": .string(Timestamp.rfc3339(report.deploy.at)),
            "look": .of(report.look),
            "lookAgainAt": report.lookAgainAt.map { .string(Timestamp.rfc3339($0)) } ?? nil,
            "culprit": report.culprit.map { ["service": cut($0.service), "operation": cut($0.operation)] } ?? nil,
            "summary": cut(report.summary),
            "control": .string(report.control.rawValue),
            "placeboPairs": .of(report.placeboPairs),
            "findings": .array(
                report.findings.prefix(findings).map { finding in
                    [
                        "signal": .string(finding.signal.rawValue),
                        "service": cut(finding.operation.service),
                        "operation": cut(finding.operation.name),
                        "ratio": .of(finding.ratio),
                        "confidence": .number(finding.confidence),
                        "role": .string(finding.role.rawValue),
                        "persistence": .string(finding.persistence.rawValue),
                        "exemplarTraceId": .of(finding.exemplarTraceIDs.first?.hex),
                    ]
                }
            ),
            "findingsInAll": .of(report.findings.count),
            "reasons": .array(report.reasons.prefix(findings).map(cut)),
            "artifacts": directory.map { .string($0) } ?? nil,
        ]
    }
}
