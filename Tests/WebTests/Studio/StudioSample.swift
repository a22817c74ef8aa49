import Analysis
import Baselines
import Correlation
import Curl
import Foundation
import Statistics
import Telemetry
import TestSupport

@testable import Web

/// A store with something for every page: runs of two editions, findings, a deploy with its check, windows and a trace.
enum StudioSample {
    static let traceID = TraceID(high: 0x5b8a_a5a2_d2c8_72e8, low: 0x321c_f373_08d6_9df2)
    static var minute: UInt64 { (WebFixture.now / TelemetryWindow.length - 10) * TelemetryWindow.length }

    /// `text` stands wherever telemetry puts words; by default something harmless.
    static func fill(_ store: BaselineStore, text: String? = nil, runs: Int = 14) async throws {
        for index in 0..<runs {
            var report = index % 4 == 3 ? SampleReports.passing : SampleReports.regression
            report.run.id = "run-\(index)"
            report.run.editionID = index.isMultiple(of: 2) ? "vetclinic" : "vetclinic-premium"
            report.run.startedAt = WebFixture.now - UInt64(index) * 3_600_000_000_000
            if let text {
                report.run.moduleID = text
                for finding in report.findings.indices {
                    report.findings[finding].sentence = text
                    report.findings[finding].culprit = CulpritReference(service: text, operation: text, attribute: text)
                    report.findings[finding].fingerprint = "f\(finding)"
                }
            }
            try await store.record(report)
        }
        let deploy = DeployMarker(
            service: text ?? "catalog",
            version: "1.4.2",
            at: minute,
            source: .observed,
            message: text ?? "cache rewritten"
        )
        try await store.record(deploy)
        try await store.record(check(of: deploy, text: text))
        for offset in 0..<8 {
            try await store.record(
                window(at: minute + UInt64(offset) * TelemetryWindow.length, text: text),
                traces: offset == 0 ? [StoredTrace(role: .worst, document: trace(text: text))] : []
            )
        }
        try await store.record(anomalies(text: text))
        _ = try await store.add(
            StoredAnnotation(
                subject: .run,
                subjectID: "run-0",
                author: text ?? "dana",
                at: WebFixture.now,
                note: text ?? "known: the cache was cold"
            )
        )
    }

    /// One that lasts, of an operation that the windows have, and one that is over.
    static func anomalies(text: String?) -> [OperationAnomaly] {
        let operation = OperationKey(service: text ?? "catalog", name: text ?? "SELECT products", kind: .client)
        return [
            OperationAnomaly(
                operation: operation,
                signal: .level,
                severity: .critical,
                since: minute + 4 * TelemetryWindow.length,
                usual: 10,
                peak: 24,
                peakAt: minute + 5 * TelemetryWindow.length,
                z: 9.5
            ),
            OperationAnomaly(
                operation: operation,
                signal: .drift,
                severity: .warning,
                since: minute,
                until: minute + TelemetryWindow.length,
                ending: .back,
                usual: 10,
                peak: 14,
                peakAt: minute,
                z: 4.5
            ),
        ]
    }

    static func check(of deploy: DeployMarker, text: String?) -> CheckReport {
        let operation = OperationKey(service: text ?? "catalog", name: text ?? "SELECT products", kind: .client)
        return CheckReport(
            id: deploy.id,
            deploy: deploy,
            checkedAt: deploy.at + 900_000_000_000,
            before: deploy.at - 900_000_000_000..<deploy.at,
            after: deploy.at..<deploy.at + 480_000_000_000,
            control: .siblings,
            placeboPairs: 24,
            verdict: .anomalous,
            confidence: 0.97,
            summary: text ?? "catalog, SELECT products is slower since 1.4.2.",
            reasons: [text ?? "fewer than 30 minutes after the deploy"],
            findings: [
                CheckFinding(
                    id: "c1",
                    signal: .tail,
                    operation: operation,
                    sentence: text ?? "p95 rose from 12 ms to 31 ms.",
                    before: 12,
                    after: 31,
                    ratio: 2.6,
                    confidence: 0.97,
                    persistence: .lasting,
                    exemplarTraceIDs: [traceID]
                )
            ],
            operations: [
                OperationChange(
                    operation: operation,
                    requestsBefore: 900,
                    requestsAfter: 880,
                    p95Before: 12,
                    p95After: 31,
                    errorRateBefore: 0,
                    errorRateAfter: 0.01,
                    q: 0.0004
                )
            ]
        )
    }

    static func trace(text: String?) -> TraceDocument {
        var spans: [SpanDocument] = []
        for index in 0..<24 {
            let start = minute + UInt64(index) * 1_500_000
            let length: UInt64 = index == 0 ? 40_000_000 : 1_200_000
            let caller: String? = index == 0 ? nil : String(format: "%016x", index < 3 ? 1 : 2)
            var span = SpanDocument(
                spanID: String(format: "%016x", index + 1),
                parentID: caller,
                service: index < 2 ? "frontend" : "catalog",
                name: index == 0 ? "GET /api/products" : "SELECT products",
                kind: index == 0 ? SpanKind.server : SpanKind.client,
                start: start,
                end: start + length,
                errorType: index == 7 ? "timeout" : nil,
                attributes: ["db.statement": "SELECT * FROM products WHERE id = ?"]
            )
            if let text {
                span.service = text
                span.name = text
                span.errorType = text
                span.attributes = [text: text]
            }
            spans.append(span)
        }
        return TraceDocument(traceID: traceID, spans: spans)
    }

    static func window(at start: UInt64, text: String?) -> TelemetryWindow {
        let names = [
            ("frontend", "GET /api/products", SpanKind.server, 30.0), ("catalog", "SELECT products", .client, 12.0),
        ]
        var operations: [OperationWindow] = []
        var paths: [PathWindow] = []
        for (index, (service, name, kind, milliseconds)) in names.enumerated() {
            let key = OperationKey(service: text ?? service, name: text ?? name, kind: kind)
            var operation = OperationWindow(operation: key, version: "1.4.2", entries: index == 0 ? 100 : 0)
            for request in 0..<100 { operation.total.record(UInt64((milliseconds + Double(request % 20)) * 1e6)) }
            operation.errors = index
            operations.append(operation)
            paths.append(
                PathWindow(
                    frame: PathFrame(operation: key),
                    parent: index == 0 ? nil : 0,
                    calls: 100,
                    criticalNanoseconds: UInt64(milliseconds * 1e8),
                    selfNanoseconds: UInt64(milliseconds * 1e8)
                )
            )
        }
        return TelemetryWindow(start: start, traces: 100, spans: 200, operations: operations, paths: paths)
    }
}
