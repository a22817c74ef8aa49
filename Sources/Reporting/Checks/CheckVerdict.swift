package import Analysis
import Telemetry

/// The answer for a terminal: at most 15 lines that a person understands.
package struct CheckVerdict: Sendable {
    private let report: CheckReport
    private let reportPath: String?
    private let usesColour: Bool
    private let width: Int

    private static let labelWidth = 10

    /// `reportPath` is where `anomaly-report.html` lies; `nil` when none was written.
    package init(_ report: CheckReport, reportPath: String?, usesColour: Bool = false, width: Int = 100) {
        self.report = report
        self.reportPath = reportPath
        self.usesColour = usesColour
        self.width = max(40, width)
    }

    /// Lines without their newlines.
    package var lines: [String] {
        var lines = [title]
        lines += entry("Why", report.summary, lines: 3)
        if let culprit = report.culprit {
            lines += entry("Culprit", "\(culprit.service), \(culprit.operation)", lines: 1)
        }
        let first = report.findings.first(where: \.isWrong)
        let others = report.findings.filter { $0 != first }
        for finding in others.prefix(2) {
            lines += entry("Also", "\(finding.sentence) (\(CheckContent.words(finding)))", lines: 2)
        }
        if others.count > 2 {
            lines += entry("", "and \(others.count - 2) more finding\(others.count == 3 ? "" : "s")", lines: 1)
        }
        if let trace = first?.exemplarTraceIDs.first { lines += entry("Trace", trace.hex, lines: 1) }
        lines += entry("Compared", compared, lines: 2)
        if let reason = report.reasons.first(where: { !report.summary.contains($0) }) {
            lines += entry("Note", reason, lines: 2)
        }
        if let again = report.lookAgainAt {
            let time = Timestamp.readable(again).dropFirst(11)
            lines += entry("Again", "from \(time) on there is more to see; --wait and --watch look then", lines: 2)
        }
        // Not cut: people copy and click it.
        if let reportPath { lines.append(label("Report") + PlainText.clean(reportPath, limit: 4096)) }
        return lines
    }

    /// The lines, each ended by a newline.
    package var text: String { lines.map { $0 + "\n" }.joined() }

    private var title: String {
        let word = report.verdict.rawValue.uppercased()
        let version = report.deploy.version.isEmpty ? "" : " " + report.deploy.version
        let rest =
            "\(report.deploy.service)\(version)  confidence \(Quantity.confidence(report.confidence)), "
            + "exit code \(report.verdict.exitCode)"
        let cut = TerminalText.cut(PlainText.clean(rest), to: width - word.count - 2)
        return (usesColour ? "\u{1B}[1;\(colour)m\(word)\u{1B}[0m" : word) + "  " + cut
    }

    private var compared: String {
        let before = minutes(report.before)
        let after = minutes(report.after)
        let against =
            switch report.control {
            case .concurrent: "against the old version at the same time"
            case .siblings: "corrected by services that were not deployed"
            case .seasonal: "corrected by the same hours before"
            case .none: "with nothing beside it"
            }
        return "\(after) after \(String(Timestamp.readable(report.deploy.at).dropFirst(11))) with \(before) before, "
            + "\(against); \(calibration)"
    }

    private var calibration: String {
        switch report.placeboPairs {
        case 0: "no earlier pair calibrates"
        case 1: "1 earlier pair calibrates"
        case let pairs: "\(pairs) earlier pairs calibrate"
        }
    }

    private func minutes(_ range: Range<UInt64>) -> String {
        let seconds = (range.upperBound - range.lowerBound) / 1_000_000_000
        return seconds.isMultiple(of: 60) ? "\(seconds / 60) min" : "\(seconds) s"
    }

    private func entry(_ name: String, _ text: String, lines: Int) -> [String] {
        let room = width - CheckVerdict.labelWidth - 2
        return TerminalText.wrap(PlainText.clean(text, limit: 1000), width: room, lines: lines).enumerated().map {
            label($0.offset == 0 ? name : "") + $0.element
        }
    }

    private func label(_ name: String) -> String {
        "  " + name + String(repeating: " ", count: max(0, CheckVerdict.labelWidth - name.count))
    }

    private var colour: Int {
        switch report.verdict {
        case .fine: 32
        case .anomalous: 31
        case .inconclusive: 36
        }
    }
}
