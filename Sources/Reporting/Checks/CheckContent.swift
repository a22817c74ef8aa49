import Analysis
import Telemetry

/// What both pages of a check show, as their templates want it.
struct CheckContent {
    let report: CheckReport
    let text: PageText

    static let operationLimit = 40

    var values: [String: Any] {
        let shown = report.operations.prefix(CheckContent.operationLimit)
        return [
            "word": report.verdict.rawValue.uppercased(),
            "mark": mark,
            "statusClass": statusClass,
            "service": text.words(report.deploy.service),
            "version": text.words(report.deploy.version.isEmpty ? "without a version" : report.deploy.version),
            "summary": text.words(report.summary),
            "confidence": Quantity.confidence(report.confidence),
            "exitCode": report.verdict.exitCode,
            "deployed": Timestamp.readable(report.deploy.at),
            "how": report.deploy.source == .declared ? "declared" : "seen in the telemetry",
            "checked": Timestamp.readable(report.checkedAt),
            "look": report.look,
            "before": range(report.before),
            "after": range(report.after),
            "bins": "\(report.binSeconds) s",
            "control": control,
            "placebos": "\(report.placeboPairs) earlier pair\(report.placeboPairs == 1 ? "" : "s") of windows",
            "hasMessage": report.deploy.message != nil,
            "message": text.words(report.deploy.message ?? ""),
            "culprit": culprit ?? false,
            "hasReasons": !report.reasons.isEmpty,
            "reasons": report.reasons.map { text.words($0) },
            "hasFindings": !report.findings.isEmpty,
            "findings": report.findings.map(finding),
            "hasOperations": !report.operations.isEmpty,
            "operations": shown.map(operation),
            "more": report.operations.count > shown.count
                ? "\(report.operations.count - shown.count) more operations stand in anomaly-report.json." : false,
            "shown": report.shown.map { text.code("\($0.service): \($0.operation)") } ?? false,
        ]
    }

    private var mark: String {
        switch report.verdict {
        case .fine: "✅"
        case .anomalous: "❌"
        case .inconclusive: "❔"
        }
    }

    private var statusClass: String {
        switch report.verdict {
        case .fine: "pass"
        case .anomalous: "fail"
        case .inconclusive: "exploratory"
        }
    }

    private var control: String {
        switch report.control {
        case .concurrent: "the old version, at the same time"
        case .siblings: "the time before, corrected by services that were not deployed"
        case .seasonal: "the same hours of a day or a week before"
        case .none: "the time before, nothing else"
        }
    }

    private var culprit: [String: Any]? {
        guard let culprit = report.culprit, let finding = report.findings.first(where: \.isWrong) else { return nil }
        return [
            "culpritService": text.code(culprit.service), "culpritOperation": text.code(culprit.operation),
            "culpritSentence": text.words(finding.sentence),
            "culpritConfidence": Quantity.confidence(finding.confidence),
            "traces": finding.exemplarTraceIDs.prefix(3).map { text.code($0.hex) },
        ]
    }

    private func range(_ range: Range<UInt64>) -> String {
        guard !range.isEmpty else { return "–" }
        let end = Timestamp.readable(range.upperBound).dropFirst(11)
        return "\(Timestamp.readable(range.lowerBound).dropLast(4)) to \(end)"
    }

    private func finding(_ finding: CheckFinding) -> [String: Any] {
        [
            "findingID": finding.id,
            "findingTitle": CheckContent.title(finding.signal),
            "findingClass": finding.isWrong ? "high" : "low",
            "roleWords": CheckContent.words(finding),
            "sentence": text.words(finding.sentence),
            "who": text.code("\(finding.operation.service): \(finding.operation.name)"),
            "findingConfidence": Quantity.confidence(finding.confidence),
            "q": finding.q.map { $0 < 0.0005 ? "< 0.001" : NumberText.fixed($0, decimals: 3) } ?? "–",
            "change": Quantity.change(finding.ratio) ?? "–",
            "interval": finding.interval.map {
                " (95 % interval \(Quantity.change($0.lowerBound) ?? "–") to \(Quantity.change($0.upperBound) ?? "–"))"
            } ?? "",
            "traces": finding.exemplarTraceIDs.prefix(3).map { text.code($0.hex) },
        ]
    }

    private func operation(_ change: OperationChange) -> [String: Any] {
        let ratio = change.p95Before > 0 && change.p95After > 0 ? change.p95After / change.p95Before : nil
        return [
            "who": text.code("\(change.operation.service): \(change.operation.name)"),
            "requests": "\(Quantity.count(change.requestsBefore)) → \(Quantity.count(change.requestsAfter))",
            "p95Before": change.requestsBefore > 0 ? Quantity.milliseconds(change.p95Before) : "–",
            "p95After": change.requestsAfter > 0 ? Quantity.milliseconds(change.p95After) : "–",
            "change": Quantity.change(ratio) ?? "–",
            "errors": "\(Quantity.percent(change.errorRateBefore)) → \(Quantity.percent(change.errorRateAfter))",
            "q": change.q.map { $0 < 0.0005 ? "< 0.001" : NumberText.fixed($0, decimals: 3) } ?? "–",
        ]
    }

    static func title(_ signal: CheckFinding.Signal) -> String {
        switch signal {
        case .tail: "Slower tail"
        case .location: "Slower"
        case .errorRate: "More errors"
        case .newError: "New error"
        case .calls: "More calls"
        case .vanished: "Vanished"
        case .burnRate: "Error budget"
        }
    }

    /// What a finding is to the verdict, in words; empty for a plain cause.
    static func words(_ finding: CheckFinding) -> String {
        switch (finding.role, finding.persistence) {
        case (_, .transient): "went away again"
        case (.impacted, _): "because of what it calls"
        case (.costShift, _): "moved from elsewhere, requests take as long as before"
        case (.informational, _): "for information"
        case (.cause, .tooEarly): "too early to say whether it stays"
        case (.cause, .lasting): "stays"
        }
    }
}
