import Analysis
import Correlation
import Telemetry

/// The answer in words: what every page, tile and terminal says first.
struct RunHeadline {
    var status: TestStatus
    /// `DEGRADED`, or `INTERRUPTED` for a run that was cut off before it measured anything.
    var word: String
    /// One sentence: why.
    var reason: String
    var culprit: Culprit?
    /// The finding that supports the culprit best.
    var finding: Finding?

    init(_ report: RunReport) {
        let worst = RunHeadline.worstTest(of: report)
        status = report.status
        let isEmpty = report.tests.allSatisfy { $0.load.scheduled == 0 }
        word = report.run.wasInterrupted && isEmpty ? "INTERRUPTED" : report.status.rawValue.uppercased()
        reason = RunHeadline.reason(for: report, worst: worst, isEmpty: isEmpty)
        culprit = report.culprits.first.flatMap { $0.confidence < Culprit.namingConfidence ? nil : $0 }
        finding = culprit.flatMap { RunHeadline.finding(for: $0, in: report) }
    }

    /// The test whose verdict is the run's; the first of several.
    static func worstTest(of report: RunReport) -> TestReport? {
        report.tests.reduce(nil as TestReport?) { worst, test in
            guard let worst else { return test }
            return test.verdict.status.rank > worst.verdict.status.rank ? test : worst
        }
    }

    /// Ids are catalogue numbers and may repeat, so the culprit's own finding is looked for first.
    static func finding(for culprit: Culprit, in report: RunReport) -> Finding? {
        let named = report.findings.filter { culprit.findings.contains($0.id) }
        return named.first { $0.culprit.service == culprit.service && $0.culprit.operation == culprit.operation }
            ?? named.first { $0.culprit.service == culprit.service }
            ?? named.first
    }

    private static func reason(for report: RunReport, worst: TestReport?, isEmpty: Bool) -> String {
        if report.run.wasInterrupted, isEmpty {
            return "Interrupted before any request was sent; nothing was measured."
        }
        let prefix = report.tests.count > 1 ? worst.map { "\($0.name): " } ?? "" : ""
        let cut = report.run.wasInterrupted ? " The run was interrupted; only what was measured counts." : ""
        if let reason = worst?.verdict.reasons.first { return prefix + reason + cut }
        let plain =
            switch report.status {
            case .pass: "Every limit is met and nothing got significantly slower."
            case .exploratory: "First run: there is no baseline to compare with yet."
            case .warning: "Slower than the baseline, within the limits."
            case .needsReview: "Known to be flaky, so a person should look."
            case .degraded: "A limit was missed or the service got significantly slower."
            case .fail: "Several limits were missed."
            case .invalid: "The measurement itself cannot be trusted."
            }
        return plain + cut
    }
}
