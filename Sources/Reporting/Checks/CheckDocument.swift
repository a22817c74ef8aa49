import Analysis
import Telemetry

/// `anomaly-report.json`, as `docs/schemas/anomaly-report.json.schema.json` describes it.
enum CheckDocument {
    /// More operations than these stand in no file; they are in order of how much they changed.
    static let operationLimit = 500

    static func value(of report: CheckReport) -> DocumentValue {
        [
            "schema": "plimsoll/anomaly-report/1",
            "id": .string(report.id),
            "verdict": .string(report.verdict.rawValue),
            "exitCode": .of(report.verdict.exitCode),
            "confidence": .number(report.confidence),
            "summary": .string(report.summary),
            "culprit": culprit(report.culprit),
            "deploy": deploy(report.deploy),
            "checkedAt": time(report.checkedAt),
            "look": .of(report.look),
            "lookAgainAt": report.lookAgainAt.map { time($0) } ?? nil,
            "before": range(report.before),
            "after": range(report.after),
            "binSeconds": .of(report.binSeconds),
            "control": .string(report.control.rawValue),
            "placeboPairs": .of(report.placeboPairs),
            "reasons": .of(report.reasons),
            "findings": .array(report.findings.map(finding)),
            "operationsInAll": .of(report.operations.count),
            "operations": .array(report.operations.prefix(operationLimit).map(operation)),
            "shown": culprit(report.shown),
            "points": .array(report.points.map(point)),
        ]
    }

    private static func time(_ nanoseconds: UInt64) -> DocumentValue { .string(Timestamp.rfc3339(nanoseconds)) }

    private static func range(_ range: Range<UInt64>) -> DocumentValue {
        ["from": time(range.lowerBound), "to": time(range.upperBound)]
    }

    private static func culprit(_ culprit: CulpritReference?) -> DocumentValue {
        guard let culprit else { return nil }
        return ["service": .string(culprit.service), "operation": .string(culprit.operation)]
    }

    private static func deploy(_ deploy: DeployMarker) -> DocumentValue {
        [
            "id": .string(deploy.id),
            "service": .string(deploy.service),
            "version": .string(deploy.version),
            "at": time(deploy.at),
            "source": .string(deploy.source.rawValue),
            "message": .of(deploy.message),
            "url": .of(deploy.url),
        ]
    }

    private static func finding(_ finding: CheckFinding) -> DocumentValue {
        [
            "id": .string(finding.id),
            "signal": .string(finding.signal.rawValue),
            "role": .string(finding.role.rawValue),
            "persistence": .string(finding.persistence.rawValue),
            "service": .string(finding.operation.service),
            "operation": .string(finding.operation.name),
            "kind": .string(finding.operation.kind.name),
            "sentence": .string(finding.sentence),
            "before": .number(finding.before),
            "after": .number(finding.after),
            "ratio": .of(finding.ratio),
            "ratioLow": .of(finding.interval?.lowerBound),
            "ratioHigh": .of(finding.interval?.upperBound),
            "q": .of(finding.q),
            "confidence": .number(finding.confidence),
            "exemplarTraceIds": .of(finding.exemplarTraceIDs.map(\.hex)),
        ]
    }

    private static func operation(_ change: OperationChange) -> DocumentValue {
        [
            "service": .string(change.operation.service),
            "operation": .string(change.operation.name),
            "kind": .string(change.operation.kind.name),
            "requestsBefore": .of(change.requestsBefore),
            "requestsAfter": .of(change.requestsAfter),
            "p95BeforeMs": .number(change.p95Before),
            "p95AfterMs": .number(change.p95After),
            "errorRateBefore": .number(change.errorRateBefore),
            "errorRateAfter": .number(change.errorRateAfter),
            "q": .of(change.q),
        ]
    }

    private static func point(_ point: CheckPoint) -> DocumentValue {
        [
            "at": time(point.start), "spans": .of(point.spans), "errors": .of(point.errors),
            "p50Ms": .of(point.p50), "p95Ms": .of(point.p95),
        ]
    }
}
