package import Analysis

/// The last thing a run prints: what a person must know, in at most a dozen lines.
package struct TerminalVerdict: Sendable {
    private let report: RunReport
    private let reportPath: String?
    private let usesColour: Bool
    private let width: Int

    /// - Parameters:
    ///   - reportPath: where `report.html` lies; `nil` when none was written.
    ///   - usesColour: whether to use ANSI colours; the text says the same without them.
    ///   - width: columns of the terminal; longer lines are cut.
    package init(_ report: RunReport, reportPath: String?, usesColour: Bool = false, width: Int = 100) {
        self.report = report
        self.reportPath = reportPath
        self.usesColour = usesColour
        self.width = width
    }

    /// Lines without their newlines.
    package var lines: [String] { [report.status.rawValue] }

    /// The lines, each ended by a newline.
    package var text: String { lines.map { $0 + "\n" }.joined() }
}
