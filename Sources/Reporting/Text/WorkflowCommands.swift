package import Analysis

/// Annotations for GitHub Actions: workflow commands that a step prints.
///
/// Format: docs.github.com, "Workflow commands for GitHub Actions", error and warning messages.
package enum WorkflowCommands {
    /// GitHub shows ten of a kind in a step.
    private static let limit = 10

    /// A line a test that is not well, worst first; empty where all are.
    package static func lines(_ report: RunReport) -> [String] {
        report.tests.enumerated()
            .filter { FailureStory.isWrong($0.element) || $0.element.verdict.status == .warning }
            .sorted { ($1.element.verdict.status.rank, $0.offset) < ($0.element.verdict.status.rank, $1.offset) }
            .prefix(limit)
            .map { line(for: $0.element, in: report) }
    }

    private static func line(for test: TestReport, in report: RunReport) -> String {
        let command = test.verdict.status == .warning ? "warning" : "error"
        let title = "\(test.name): \(test.verdict.status.rawValue)"
        let facts = FailureStory(report, test: test).facts.map { "\($0.label): \($0.text)" }
        let message = facts.isEmpty ? test.verdict.reasons.first ?? title : facts.joined(separator: "\n")
        return "::\(command) title=\(property(PlainText.clean(title, limit: 200)))::\(data(message))"
    }

    // A line break would end the command, and what follows could be one of its own.
    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
