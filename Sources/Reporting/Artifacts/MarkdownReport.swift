import Analysis
import Mustache

/// `report.md`: the report for a merge request, verdict line first, small enough for a comment.
struct MarkdownReport: ArtifactRenderer {
    let name = "report.md"

    /// Comments may have 64 KiB; some room is left for what a bot puts around it.
    private static let maximumBytes = 60_000

    func render(_ report: RunReport) throws -> [Artifact] {
        let template = try MustacheTemplate(string: MarkdownTemplate.source)
        // Detail goes first: a comment that the server refuses helps nobody.
        var text = ""
        for detail in Detail.allCases {
            text = squeezed(template.render(values(report, detail: detail)))
            if text.utf8.count <= MarkdownReport.maximumBytes { break }
        }
        return [Artifact(path: name, text: text)]
    }

    private enum Detail: CaseIterable {
        case full, withoutTables, summary
    }

    private func values(_ report: RunReport, detail: Detail) -> [String: Any] {
        var values = PageContent(report, text: .markdown).values
        let shown = report.tests.prefix(detail == .summary ? 0 : detail == .withoutTables ? 10 : report.tests.count)
        values["tests"] = shown.enumerated().map { index, test in
            var content = TestContent(test: test, index: index, text: .markdown).values
            content["chart"] = MermaidChart.latency(of: test) ?? false
            content["contributions"] = MermaidChart.contributions(of: test) ?? false
            if detail != .full {
                content["hasOperations"] = false
                content["chart"] = false
                content["contributions"] = false
            }
            return content
        }
        if detail == .summary {
            for key in ["overview", "findings", "trust", "warnings"] {
                values[key] = ((values[key] as? [Any]) ?? []).prefix(20).map { $0 }
            }
        }
        values["commandCode"] = MarkdownText.code(report.run.command, limit: 1000)
        values["shortened"] = detail == .full ? false : "Shortened to fit into a comment; report.html has the rest."
        return values
    }

    // Sections that are left out leave blank lines behind.
    private func squeezed(_ text: String) -> String {
        var output = ""
        var wasBlank = true
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isBlank = line.allSatisfy { $0 == " " }
            if isBlank, wasBlank { continue }
            output += line + "\n"
            wasBlank = isBlank
        }
        return output
    }
}

extension ArtifactRenderer where Self == MarkdownReport {
    static var markdown: Self { Self() }
}
