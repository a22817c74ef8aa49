package import Analysis

/// What a stored report can be rendered as again, by the short names of `plimsoll report --format`.
package enum ReportFormat: String, Sendable, CaseIterable {
    case text, md, html, junit, gitlab, json, findings, svg, diff, folded, badge

    /// The artifact's contents; `nil` where the report has nothing of the kind, such as a flamegraph without traces.
    package func render(_ report: RunReport) throws -> [UInt8]? {
        guard let renderer else { return Array(TerminalVerdict(report, reportPath: nil).text.utf8) }
        return try renderer.render(report).first?.contents
    }

    private var renderer: (any ArtifactRenderer)? {
        switch self {
        case .text: nil
        case .md: .markdown
        case .html: .html
        case .junit: .junit
        case .gitlab: .loadPerformance
        case .json: .perfMetrics
        case .findings: .findings
        case .svg: .flamegraph
        case .diff: .flamegraphDiff
        case .folded: .foldedStacks
        case .badge: .badge
        }
    }
}
