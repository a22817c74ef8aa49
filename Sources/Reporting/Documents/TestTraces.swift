import Analysis
import Correlation
import Statistics
import Telemetry

/// The traces of one test as JSON: completeness, the critical path, and a table of operations.
struct TestTraces {
    /// Paths with a smaller share of the critical path go into `remainderMs`.
    private static let minimumShare = 0.001

    private let test: TestReport
    private let findings: [Finding]

    init(_ test: TestReport, findings: [Finding]) {
        self.test = test
        self.findings = findings.filter { $0.endpoint == test.name }
    }

    /// Client-side milliseconds of complete traces; `nil` without one.
    var meanDuration: Double? {
        test.profile.duration.isEmpty ? nil : test.profile.duration.mean / 1e6
    }

    /// The operation with most time on the critical path; `nil` without traces.
    var longestSpan: String? { longest?.frame.operation.name }

    /// Of that operation against the baseline, such as `+25%`.
    var spanDelta: String? {
        guard let longest, let before = longest.criticalBefore, before > 0 else { return nil }
        return Quantity.compactChange(longest.criticalPerRequest / before)
    }

    private var longest: OperationSummary? {
        OperationSummary.table(of: test).first { $0.frame.synthetic == nil && $0.criticalPerRequest > 0 }
    }

    var document: DocumentValue {
        let paths = PathSummary.ordered(test).filter { $0.share >= TestTraces.minimumShare }
        let listed = paths.reduce(0) { $0 + $1.mean }
        let total = PathSummary.ordered(test).reduce(0) { $0 + $1.mean }
        return [
            "name": .string(test.name),
            "testType": .string(test.testTypeName),
            "spanCount": .of(test.completeness.spans),
            "traceCount": .of(TestTraces.joinedTraces(test.completeness)),
            "coverage": .of(test.completeness.coverage),
            "completeness": TestTraces.document(test.completeness),
            "profiledTraces": .of(test.profile.traces),
            "excludedTraces": .of(test.profile.excludedTraces),
            "foldedPaths": .of(test.profile.foldedPaths),
            "latency": TestMetrics.latency(test.profile.duration),
            "durationMs": .of(meanDuration),
            "longestSpan": .of(longestSpan),
            "spanDeltaVsBaseline": .of(spanDelta),
            "criticalPath": .array(paths.map { criticalPath($0) }),
            "remainderMs": .number(max(0, total - listed)),
            "removedPaths": .array(removedPaths),
            "operations": .array(OperationSummary.table(of: test).map { operation($0) }),
            "findings": .of(findings.map(\.id)),
        ]
    }

    private func criticalPath(_ summary: PathSummary) -> DocumentValue {
        let path = summary.path
        return [
            "path": .of(test.profile.stack(to: summary.index).map(\.label)),
            "service": .string(path.frame.operation.service),
            "operation": .string(path.frame.operation.name),
            "kind": .string(path.frame.synthetic?.rawValue ?? path.frame.operation.kind.name),
            "statement": .of(path.statement),
            "meanMs": .number(summary.mean),
            "share": .number(summary.share),
            "p95": .of(QuantileEstimate(0.95, of: path.critical)?.value),
            "calls": .number(summary.callsPerRequest),
            "presence": .number(summary.presence),
            "errors": .of(path.errors),
            "baseline": summary.comparison.map {
                ["meanMs": .number($0.critical.before), "calls": .number($0.callsBefore)]
            } ?? .null,
            "delta": summary.comparison.map { TestTraces.delta($0) } ?? .null,
            "exemplarTraceIds": [
                "typical": .of(path.typicalTraceID?.hex), "worst": .of(path.worstTraceID?.hex),
            ],
        ]
    }

    private var removedPaths: [DocumentValue] {
        (test.comparison?.paths ?? []).filter { $0.current == nil }.map { path in
            [
                "path": .of(path.stack.map(\.label)), "meanMs": .number(path.critical.before),
                "calls": .number(path.callsBefore), "delta": TestTraces.delta(path),
            ]
        }
    }

    private func operation(_ row: OperationSummary) -> DocumentValue {
        [
            "service": .string(row.frame.operation.service),
            "operation": .string(row.frame.operation.name),
            "kind": .string(row.frame.synthetic?.rawValue ?? row.frame.operation.kind.name),
            "statement": .of(row.statement),
            "count": .of(row.calls),
            "errors": .of(row.errors),
            "callsPerRequest": .number(row.callsPerRequest),
            "totalMs": .number(row.totalPerRequest),
            "selfMs": .number(row.selfPerRequest),
            "criticalPathMs": .number(row.criticalPerRequest),
            "share": .number(row.share),
            "p50": .of(QuantileEstimate(0.5, of: row.callDuration)?.value),
            "p95": .of(QuantileEstimate(0.95, of: row.callDuration)?.value),
            "p99": .of(QuantileEstimate(0.99, of: row.callDuration)?.value),
            "baseline": row.criticalBefore.map {
                ["criticalPathMs": .number($0), "callsPerRequest": .of(row.callsBefore)]
            } ?? .null,
            "delta": row.delta.map {
                [
                    "criticalPathMs": .number($0),
                    "confidence": .of(row.change?.critical.confidence),
                    "decision": .of(row.change?.critical.decision.rawValue),
                ]
            } ?? .null,
        ]
    }

    private static func delta(_ path: PathComparison) -> DocumentValue {
        [
            "meanMs": .number(path.critical.delta),
            "ratioInterval": [.of(path.critical.ratioLow), .of(path.critical.ratioHigh)],
            "q": .of(path.critical.q),
            "confidence": .number(path.critical.confidence),
            "decision": .string(path.critical.decision.rawValue),
            "explainedShare": .of(path.explainedShare),
        ]
    }

    /// Requests of which at least one span came.
    static func joinedTraces(_ completeness: Completeness) -> Int {
        completeness[.complete] + completeness[.rootMissing] + completeness[.orphaned] + completeness[.truncated]
    }

    /// Every trace id is in exactly one state; `balanced` says whether the books agree.
    static func document(_ completeness: Completeness) -> DocumentValue {
        let states = TraceState.allCases.map { DocumentMember($0.rawValue, .of(completeness[$0])) }
        return [
            "requested": .of(completeness.requested), "sampled": .of(completeness.sampled),
            "coverage": .of(completeness.coverage),
            "states": .object(states),
            "balanced": .bool(completeness.isBalanced),
            "spans": .of(completeness.spans),
            "duplicateSpans": .of(completeness.duplicateSpans),
            "collidingSpans": .of(completeness.collidingSpans),
            "foreignSpans": .of(completeness.foreignSpans),
            "evictedSpans": .of(completeness.evictedSpans),
            "rejectedSpans": .of(completeness.rejectedSpans),
        ]
    }
}
