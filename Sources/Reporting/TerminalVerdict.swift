package import Analysis
import Correlation
import Telemetry

/// The last thing a run prints: what a person must know, in at most a dozen lines, fifteen where something failed.
package struct TerminalVerdict: Sendable {
    private let report: RunReport
    private let reportPath: String?
    private let usesColour: Bool
    private let width: Int

    private static let labelWidth = 10
    /// A verdict that is longer already has more important things to say than notes.
    private static let noteLimit = 11

    /// The verdict on a report, laid out for a terminal.
    ///
    /// - Parameters:
    ///   - report: what is told.
    ///   - reportPath: where `report.html` lies; `nil` when none was written.
    ///   - usesColour: whether to use ANSI colours; the text says the same without them.
    ///   - width: columns of the terminal; longer lines are wrapped or cut, save for the path.
    package init(_ report: RunReport, reportPath: String?, usesColour: Bool = false, width: Int = 100) {
        self.report = report
        self.reportPath = reportPath
        self.usesColour = usesColour
        self.width = max(40, width)
    }

    /// Lines without their newlines.
    package var lines: [String] {
        let headline = RunHeadline(report)
        var lines = [title(headline)]
        lines += entry("Why", headline.reason, lines: 2)
        let broken = BrokenLimit.all(in: report)
        if let worst = broken.first {
            let name = report.tests.count > 1 ? "\(worst.test): " : ""
            let more = broken.count > 1 ? " (and \(broken.count - 1) more)" : ""
            lines += entry("Limit", name + worst.sentence + more, lines: 2)
        }
        if let culprit = headline.culprit { lines += self.lines(for: culprit, finding: headline.finding) }
        if let answers { lines += entry("Answers", answers, lines: 1) }
        if report.tests.count > 1 { lines += entry("Tests", tests, lines: 1) }
        for test in report.tests {
            guard let summary = CharacteristicSummary(test) else { continue }
            let name = report.tests.count > 1 ? "\(test.name): " : ""
            let title = summary.title.count < TerminalVerdict.labelWidth ? summary.title : "Result"
            lines += entry(title, name + summary.sentence, lines: 3)
        }
        for sentence in report.retry?.sentences.prefix(2) ?? [] { lines += entry("Retry", sentence, lines: 2) }
        for sentence in report.gate?.reasons.filter({ $0.contains("the gate asks for") }).prefix(1) ?? [] {
            lines += entry("Gate", sentence, lines: 2)
        }
        if let override = report.tests.lazy.compactMap({ $0.verdict.overrides?.first }).first {
            lines += entry("Override", override, lines: 2)
        }
        lines += entry("Coverage", coverage, lines: 1)
        if !report.warnings.isEmpty, lines.count < TerminalVerdict.noteLimit {
            let more = report.warnings.count > 1 ? " (and \(report.warnings.count - 1) more)" : ""
            // Without a culprit there is room for the advice that a note ends with.
            lines += entry("Note", report.warnings[0] + more, lines: lines.count < 8 ? 3 : 1)
        }
        // Neither is cut: people copy and click them.
        if let again { lines.append(label("Again") + PlainText.clean(again, limit: 4096)) }
        if let reportPath { lines.append(label("Report") + PlainText.clean(reportPath, limit: 4096)) }
        return lines
    }

    /// The lines, each ended by a newline.
    package var text: String { lines.map { $0 + "\n" }.joined() }

    private func title(_ headline: RunHeadline) -> String {
        let run = report.run
        let place = [run.moduleID, run.editionID].filter { !$0.isEmpty }.joined(separator: " ")
        let rest = "\(place)  score \(NumberText.fixed(report.score, decimals: 2)), exit code \(report.exitCode)"
        let cut = TerminalText.cut(PlainText.clean(rest), to: width - headline.word.count - 2)
        let word = usesColour ? "\u{1B}[1;\(colour)m\(headline.word)\u{1B}[0m" : headline.word
        return word + "  " + cut
    }

    private func lines(for culprit: Culprit, finding: Finding?) -> [String] {
        let share = culprit.shareText(in: report)
        let confidence = Quantity.confidence(culprit.confidence)
        var lines = entry(
            "Culprit",
            "\(culprit.service), \(culprit.operation): \(share) (confidence \(confidence))",
            lines: 1
        )
        guard let finding else { return lines }
        let title = TerminalText.columns(of: finding.title) < TerminalVerdict.labelWidth ? finding.title : "Finding"
        lines += entry(title, finding.sentence, lines: 3)
        if let attribute = finding.culprit.attribute, !finding.sentence.contains(attribute) {
            lines += entry("", attribute, lines: width < 80 ? 1 : 2)
        }
        if let id = finding.evidence.typicalTraceID { lines += entry("Trace", id.hex, lines: 1) }
        return lines
    }

    /// How to see a failure again; `nil` where nothing failed.
    private var again: String? {
        guard !FailureStory(report).facts.isEmpty, !report.run.command.isEmpty else { return nil }
        return report.run.command
    }

    private var tests: String {
        report.tests.map { test in
            let p95 =
                QuantileEstimate(0.95, of: test.load.latency).map { " p95 " + Quantity.milliseconds($0.value) } ?? ""
            return "\(test.name) \(test.verdict.status.rawValue)\(p95)"
        }.joined(separator: "; ")
    }

    /// What most answers that failed an expectation had wrong; `nil` when all were as expected.
    private var answers: String? {
        let reasons = report.tests.flatMap { test in
            (test.load.failureReasons ?? [:]).map { (test.name, $0.key, $0.value) }
        }
        guard let worst = reasons.max(by: { ($0.2, $1.1) < ($1.2, $0.1) }) else { return nil }
        let name = report.tests.count > 1 ? "\(worst.0): " : ""
        let more = reasons.count > 1 ? " (and \(reasons.count - 1) more reason\(reasons.count > 2 ? "s" : ""))" : ""
        return "\(name)\(Quantity.count(worst.2)) × \(worst.1)\(more)"
    }

    private var coverage: String {
        let completeness = report.completeness
        guard let coverage = completeness.coverage else { return "no request owed a trace" }
        return "\(Quantity.coverage(coverage)) of \(Quantity.count(completeness.sampled)) requests have a complete "
            + "trace (\(Quantity.count(completeness.spans)) spans of \(report.services.count) services)"
    }

    private func entry(_ name: String, _ text: String, lines: Int) -> [String] {
        let room = width - TerminalVerdict.labelWidth - 2
        return TerminalText.wrap(PlainText.clean(text, limit: 1000), width: room, lines: lines).enumerated().map {
            label($0.offset == 0 ? name : "") + $0.element
        }
    }

    private func label(_ name: String) -> String {
        let cut = TerminalText.cut(name, to: TerminalVerdict.labelWidth)
        let padding = String(repeating: " ", count: TerminalVerdict.labelWidth - TerminalText.columns(of: cut))
        return "  " + cut + padding
    }

    private var colour: Int {
        switch report.status {
        case .pass: 32
        case .exploratory: 36
        case .warning, .needsReview, .degraded: 33
        case .fail: 31
        case .invalid: 35
        }
    }
}
