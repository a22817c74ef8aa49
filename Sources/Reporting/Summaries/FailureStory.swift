import Analysis
import Telemetry

/// Everything that a failing run has to say, in the order in which it is asked: what broke, who did it, what to look at,
/// how to see it again.
struct FailureStory {
    /// Label and text, one fact each; empty where nothing is wrong.
    let facts: [(label: String, text: String)]

    /// Of the whole run, or of one of its tests.
    init(_ report: RunReport, test: TestReport? = nil) {
        let tests = test.map { [$0] } ?? report.tests
        var facts: [(label: String, text: String)] = []
        for test in tests where FailureStory.isWrong(test) {
            let name = tests.count > 1 ? "\(test.name): " : ""
            for (index, reason) in test.verdict.reasons.prefix(3).enumerated() {
                // What a reason says of a limit stands below with its interval.
                if index == 0 || !reason.contains("limit") { facts.append(("Why", name + reason)) }
            }
            for limit in test.verdict.limits where !limit.isMet {
                facts.append(("Limit", name + BrokenLimit(limit, of: test).sentence))
            }
            if let p95 = test.comparison?.p95, p95.decision == .regression, let change = Quantity.change(p95.ratio) {
                let interval =
                    Quantity.change(p95.ratioLow).flatMap { low in
                        Quantity.change(p95.ratioHigh).map { " (95 % interval \(low) … \($0))" }
                    } ?? ""
                facts.append(("Baseline", "\(name)p95 \(change)\(interval) against the baseline"))
            }
            for reason in test.load.invalidReasons.prefix(3) { facts.append(("Invalid", name + reason)) }
        }
        guard !facts.isEmpty else {
            self.facts = []
            return
        }
        let headline = RunHeadline(report)
        let isAbout = test.map { test in headline.finding.map { $0.endpoint == test.name } ?? true } ?? true
        if let culprit = headline.culprit, isAbout {
            facts.append(
                (
                    "Culprit",
                    "\(culprit.service), \(culprit.operation): \(culprit.shareText(in: report)) "
                        + "(confidence \(Quantity.confidence(culprit.confidence)))"
                )
            )
            if let finding = headline.finding { facts.append(("Finding", "\(finding.title): \(finding.sentence)")) }
        }
        if let id = FailureStory.exemplar(of: headline.finding, isAbout: isAbout, tests: tests) {
            facts.append(("Trace", id.hex))
        }
        if !report.run.command.isEmpty { facts.append(("Reproduce", report.run.command)) }
        self.facts = facts.map { ($0.label, PlainText.clean($0.text, limit: 1000)) }
    }

    static func isWrong(_ test: TestReport) -> Bool {
        test.verdict.isRegressed || [.degraded, .fail, .invalid].contains(test.verdict.status)
    }

    // Of the culprit's finding; without one, the slowest complete trace of what failed.
    private static func exemplar(of finding: Finding?, isAbout: Bool, tests: [TestReport]) -> TraceID? {
        if isAbout, let id = finding.flatMap({ $0.evidence.typicalTraceID ?? $0.evidence.worstTraceID }) { return id }
        return tests.first { isWrong($0) && !$0.load.exemplarTraceIDs.isEmpty }?.load.exemplarTraceIDs.first
    }
}
