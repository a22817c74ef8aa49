import Analysis
import Correlation

/// `studio.performance.preview.json`: one tile for the run.
struct StudioPreview: ArtifactRenderer {
    let name = "studio.performance.preview.json"

    func render(_ report: RunReport) throws -> [Artifact] {
        let run = report.run
        let isRegressed = report.tests.contains { $0.verdict.isRegressed }
        let types = unique(report.tests.map(\.testTypeName))
        let document: DocumentValue = [
            "traceId": .string(run.lineageID),
            "runId": .string(run.id),
            "moduleId": .string(run.moduleID),
            "editionId": .string(run.editionID),
            "testType": types.count == 1 ? .string(types[0]) : .of(types),
            "performanceScore": .number(report.score),
            "status": .string(report.status.rawValue),
            "statusLabel": .string(label(for: report)),
            "regression": .bool(isRegressed),
            "retryAttempt": .of(report.retryAttempt),
            "tileSummary": .string(summary(of: report)),
            "tileColor": .string(colour(of: report.status)),
            "tags": .of(unique([run.moduleID, run.editionID] + types + report.tests.flatMap { $0.tags ?? [] })),
            "actions": .of(actions(for: report, isRegressed: isRegressed)),
        ]
        return [Artifact(path: name, text: JSONText.document(document))]
    }

    // The contract's label for a degraded test that stayed within every limit.
    private func label(for report: RunReport) -> String {
        let isWithinLimits = report.tests.allSatisfy { $0.verdict.limits.allSatisfy(\.isMet) }
        return report.status == .degraded && isWithinLimits ? "needs-optimization" : report.status.rawValue
    }

    private func colour(of status: TestStatus) -> String {
        switch status {
        case .pass: "green"
        case .exploratory: "blue"
        case .warning, .needsReview, .degraded: "yellow"
        case .fail: "red"
        case .invalid: "grey"
        }
    }

    private func summary(of report: RunReport) -> String {
        guard let test = RunHeadline.worstTest(of: report), let p95 = QuantileEstimate(0.95, of: test.load.latency)
        else {
            return RunHeadline(report).reason
        }
        let name = test.testTypeName.prefix(1).uppercased() + test.testTypeName.dropFirst()
        var parts = ["p95 \(Quantity.milliseconds(p95.value))", "RPS \(Quantity.mean(test.load.achievedRate))"]
        if let change = test.comparison.flatMap({ Quantity.change($0.p95.ratio) }) {
            parts[0] = "p95 latency \(Quantity.milliseconds(p95.value)), \(change) vs. baseline"
        }
        if test.load.errorRate > 0 { parts.append("error rate \(Quantity.percent(test.load.errorRate))") }
        var text = "\(name) test: " + parts.joined(separator: ", ") + "."
        if let retry = report.retry, let outcome = retry.outcome(of: test.name) {
            text += " \(outcome.rawValue.prefix(1).uppercased())\(outcome.rawValue.dropFirst())."
        }
        if let culprit = report.culprits.first {
            text += " Culprit: \(culprit.service), \(culprit.operation)."
        }
        return PlainText.clean(text, limit: 300)
    }

    private func actions(for report: RunReport, isRegressed: Bool) -> [String] {
        guard report.status != .invalid else { return ["view-report", "check-load-generator", "retry"] }
        var actions = ["view-report"]
        if report.tests.contains(where: { $0.profile.traces > 0 }) { actions += ["view-trace", "view-flamegraph"] }
        if report.tests.contains(where: { $0.comparison != nil }), isRegressed { actions.append("compare-baseline") }
        if report.status == .degraded || report.status == .fail { actions += ["retry", "annotate"] }
        return actions
    }

    private func unique(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { !$0.isEmpty && seen.insert($0).inserted }
    }
}

extension ArtifactRenderer where Self == StudioPreview {
    static var studioPreview: Self { Self() }
}
