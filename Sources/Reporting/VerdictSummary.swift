package import Analysis
import Correlation
import Foundation
import Telemetry

/// The verdict for scripts and coding agents: at most 2 KiB of JSON, one line, keys in a stable order.
package struct VerdictSummary: Sendable {
    private let report: RunReport
    private let directory: String

    /// `directory` is where the artifacts lie.
    package init(_ report: RunReport, directory: String) {
        self.report = report
        self.directory = directory
    }

    /// Reasons are left out from the least important up until the text fits.
    package func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var document = self.document
        while true {
            let data = try encoder.encode(document)
            let isMinimal = document.reasons.count <= 1 && document.culprits.count <= 1
            if data.count < VerdictSummary.byteLimit || isMinimal { return String(decoding: data, as: UTF8.self) }
            if document.culprits.count > 1 { document.culprits.removeLast() } else { document.reasons.removeLast() }
        }
    }

    private static let byteLimit = 2048

    private struct Document: Encodable {
        var run: String
        var status: String
        var exitCode: Int
        var retryAttempt: Int
        var score: Double
        var reasons: [String]
        var culprits: [Named]
        var evidence: String?
        var exemplarTraceId: String?
        var coverage: Double?
        var artifacts: String
        var command: String
    }

    private struct Named: Encodable {
        var service: String
        var operation: String
        var share: Double
        var confidence: Double
        var findings: [String]
    }

    private var document: Document {
        let first = report.culprits.first
        let finding = report.findings.first { finding in
            first.map { $0.findings.contains(finding.id) && $0.service == finding.culprit.service } ?? false
        }
        return Document(
            run: report.run.id,
            status: report.status.rawValue,
            exitCode: report.exitCode,
            retryAttempt: report.retryAttempt,
            score: rounded(report.score),
            reasons: report.tests.flatMap(\.verdict.reasons).prefix(5).map { clipped($0, to: 200) },
            culprits: report.culprits.prefix(3).map {
                Named(
                    service: clipped($0.service, to: 80),
                    operation: clipped($0.operation, to: 120),
                    share: rounded($0.share),
                    confidence: rounded($0.confidence),
                    findings: Array($0.findings.prefix(5))
                )
            },
            evidence: finding.map { clipped($0.sentence, to: 300) },
            exemplarTraceId: (finding?.evidence.typicalTraceID ?? finding?.evidence.worstTraceID)?.hex,
            coverage: report.completeness.coverage.map(rounded),
            artifacts: directory,
            command: clipped(report.run.command, to: 200)
        )
    }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    private func clipped(_ text: String, to length: Int) -> String {
        text.count <= length ? text : text.prefix(length - 1) + "…"
    }
}
