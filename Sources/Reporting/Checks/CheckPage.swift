import Analysis
import Authentication
import Mustache

/// `anomaly-report.md` and `anomaly-report.html`.
enum CheckPage {
    static func markdown(_ report: CheckReport) throws -> String {
        let text = try MustacheTemplate(string: CheckTemplates.markdown)
            .render(CheckContent(report: report, text: .markdown).values)
        // Sections that are left out leave blank lines behind.
        var output = ""
        var wasBlank = true
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isBlank = line.allSatisfy { $0 == " " }
            if !isBlank || !wasBlank { output += line + "\n" }
            wasBlank = isBlank
        }
        return output
    }

    static func html(_ report: CheckReport) throws -> String {
        var values = CheckContent(report: report, text: .html).values
        values["css"] = HTMLStyle.css
        let chart = CheckChart(report)
        values["chart"] = chart?.svg() ?? false
        values["legend"] = chart?.legend ?? ""
        values["policy"] =
            "default-src 'none'; style-src \(ContentDigest.source(of: HTMLStyle.css)); base-uri 'none'; form-action 'none'"
        return try MustacheTemplate(string: CheckTemplates.html).render(values)
    }
}
