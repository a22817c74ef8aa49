import Analysis
import Correlation
import Telemetry

/// What `report.html` and `report.md` say, as values for their templates.
///
/// A key that a template asks for is always there, `false` when there is nothing to say: Mustache would otherwise look
/// for it further out.
struct PageContent {
    private static let maximumFindings = 30

    let report: RunReport
    let text: PageText
    private let headline: RunHeadline

    init(_ report: RunReport, text: PageText) {
        self.report = report
        self.text = text
        headline = RunHeadline(report)
    }

    var values: [String: Any] {
        let run = report.run
        return [
            "word": headline.word,
            "statusClass": report.status.rawValue,
            "mark": PageContent.mark(report.status),
            "reason": text.words(headline.reason),
            "title": text.words("\(headline.word) · \(run.moduleID) \(run.editionID)"),
            "module": text.words(run.moduleID),
            "edition": text.words(run.editionID),
            "score": NumberText.fixed(report.score, decimals: 2),
            "exitCode": String(report.exitCode),
            "retryAttempt": String(report.retryAttempt),
            "attempt": report.retryAttempt > 0 ? "attempt \(report.retryAttempt + 1)" : false,
            "overrides": overrides,
            "hasOverrides": !overrides.isEmpty,
            "retries": (report.retry?.sentences ?? []).map { text.words($0) },
            "hasRetries": !(report.retry?.records ?? []).isEmpty,
            "runID": text.code(run.id),
            "started": Timestamp.readable(run.startedAt),
            "length": duration(from: run.startedAt, to: run.endedAt),
            "target": text.code(run.targetURL),
            "lineage": text.code(run.lineageID),
            "culprit": culprit ?? false,
            "isAlone": report.tests.count == 1,
            "overview": report.tests.count > 1 ? report.tests.enumerated().map { overview($0.element, $0.offset) } : [],
            "findings": report.findings.prefix(PageContent.maximumFindings).map { finding($0) },
            "moreFindings": report.findings.count > PageContent.maximumFindings
                ? Quantity.count(report.findings.count - PageContent.maximumFindings) : false,
            "hasFindings": !report.findings.isEmpty,
            "trust": TrustBox(report, text: text).rows,
            "warnings": report.warnings.prefix(50).map { text.words($0) },
            "hasWarnings": !report.warnings.isEmpty,
            "broken": broken.map { text.words($0) },
            "hasBroken": !broken.isEmpty,
            "commandShown": FailureStory(report).facts.isEmpty || run.command.isEmpty
                ? false : PlainText.clean(run.command, limit: 2000),
            "command": run.command.isEmpty ? "" : PlainText.clean(run.command, limit: 2000),
            "version": text.words(run.version),
        ]
    }

    /// What people's notes changed; each names its source.
    private var overrides: [String] {
        report.tests.flatMap { test in
            (test.verdict.overrides ?? []).map { text.words(report.tests.count > 1 ? "\(test.name): \($0)" : $0) }
        }
    }

    static func mark(_ status: TestStatus) -> String {
        switch status {
        case .pass: "✅"
        case .exploratory: "🔎"
        case .warning: "⚠️"
        case .needsReview: "👀"
        case .degraded: "📉"
        case .fail: "❌"
        case .invalid: "🚫"
        }
    }

    /// The limits that were missed, each with its interval and its source.
    private var broken: [String] {
        let limits = BrokenLimit.all(in: report)
        let more = limits.count > 6 ? ["\(limits.count - 6) more limits were missed."] : []
        return limits.prefix(6).map { (report.tests.count > 1 ? "\($0.test): " : "") + $0.sentence } + more
    }

    private var culprit: [String: Any]? {
        guard let culprit = headline.culprit else { return nil }
        let finding = headline.finding
        return [
            "service": text.words(culprit.service),
            "serviceCode": text.code(culprit.service),
            "operation": text.words(culprit.operation),
            "operationCode": text.code(culprit.operation),
            "share": culprit.shareText(in: report),
            "shareBar": ShareBar.svg(culprit.share, width: 220),
            "confidence": Quantity.confidence(culprit.confidence),
            "evidence": finding.map { self.finding($0) } ?? false,
            "others": report.culprits.dropFirst().prefix(3).map {
                "\(text.words($0.service)), \(text.words($0.operation)) (\(Quantity.percent($0.share)))"
            },
            "hasOthers": report.culprits.count > 1,
        ]
    }

    func finding(_ finding: Finding) -> [String: Any] {
        let evidence = finding.evidence
        let traces: [(String, TraceID?)] = [
            ("typical", evidence.typicalTraceID), ("worst", evidence.worstTraceID),
            ("baseline", evidence.baselineTraceID),
        ]
        return [
            "id": text.words(finding.id),
            "kindTitle": text.words(finding.title),
            "severity": finding.severity.rawValue,
            "findingConfidence": Quantity.confidence(finding.confidence),
            "who": text.words(finding.culprit.service + ", " + finding.culprit.operation),
            "attribute": finding.culprit.attribute.map { text.code($0) } ?? false,
            "endpoint": text.words(finding.endpoint),
            "sentence": text.words(finding.sentence),
            "suggestion": finding.suggestion.isEmpty ? false : text.words(finding.suggestion),
            "acceptance": finding.acceptance.map { text.words($0) } ?? false,
            "assignee": finding.assignee.map { text.words($0) } ?? false,
            "numbers": evidence.numbers.sorted { $0.key < $1.key }.map {
                text.words(Quantity.evidence(key: $0.key, value: $0.value))
            },
            "traceCounts": evidence.currentTraces + evidence.baselineTraces > 0
                ? "\(Quantity.count(evidence.currentTraces)) traces now, "
                    + "\(Quantity.count(evidence.baselineTraces)) in the baseline" : false,
            "traces": traces.compactMap { role, id in id.map { ["role": role, "trace": text.code($0.hex)] } },
        ]
    }

    private func overview(_ test: TestReport, _ index: Int) -> [String: Any] {
        let p95 = QuantileEstimate(0.95, of: test.load.latency)
        return [
            "anchor": "test-\(index + 1)",
            "name": text.words(test.name),
            "type": test.testTypeName,
            "status": test.verdict.status.rawValue,
            "statusMark": PageContent.mark(test.verdict.status),
            "testScore": NumberText.fixed(test.verdict.score.value, decimals: 2),
            "p95": p95.map { Quantity.milliseconds($0.value) } ?? "–",
            "change": test.comparison.flatMap { Quantity.change($0.p95.ratio) } ?? "–",
            "rate": Quantity.rate(test.load.achievedRate),
            "errors": test.load.scheduled == 0 ? "–" : Quantity.percent(test.load.errorRate),
            "coverage": test.completeness.coverage.map { Quantity.coverage($0) } ?? "–",
        ]
    }

    private func duration(from start: UInt64, to end: UInt64) -> String {
        let seconds = end > start ? Double(end - start) / 1e9 : 0
        return seconds < 120
            ? NumberText.fixed(seconds, decimals: 1) + " s" : NumberText.fixed(seconds / 60, decimals: 1) + " min"
    }
}
