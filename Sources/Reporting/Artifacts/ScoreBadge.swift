import Analysis

/// `badge.svg`: score and status in the size of a README's badge.
struct ScoreBadge: ArtifactRenderer {
    let name = "badge.svg"

    private static let label = "performance"

    func render(_ report: RunReport) throws -> [Artifact] {
        let word = RunHeadline(report).word.lowercased()
        // A score that could not be measured would be read as a bad one.
        let hasScore = report.status != .invalid && word != "interrupted"
        let value = hasScore ? "\(NumberText.fixed(report.score, decimals: 2)) \(word)" : word
        let (left, right) = (width(of: ScoreBadge.label), width(of: value))
        let title = "\(ScoreBadge.label): \(value)"
        var writer = MarkupWriter()
        writer.start(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "width": String(left + right), "height": "20",
                "viewBox": "0 0 \(left + right) 20", "role": "img", "aria-label": title,
            ]
        )
        writer.element("title", [:], title)
        writer.element("metadata", [:], "retryAttempt: \(report.retryAttempt)")
        writer.element("clipPath", ["id": "round"]) {
            $0.element("rect", ["width": String(left + right), "height": "20", "rx": "3"])
        }
        writer.element("g", ["clip-path": "url(#round)"]) { group in
            group.element("rect", ["width": String(left), "height": "20", "fill": "#3d444d"])
            group.element(
                "rect",
                ["x": String(left), "width": String(right), "height": "20", "fill": colour(of: report.status)]
            )
        }
        writer.element(
            "g",
            [
                "fill": "#fff", "text-anchor": "middle", "font-family": "Verdana,DejaVu Sans,Geneva,sans-serif",
                "font-size": "11",
            ]
        ) { group in
            text(ScoreBadge.label, middle: left / 2, width: left - 12, into: &group)
            text(value, middle: left + right / 2, width: right - 12, into: &group)
        }
        writer.end()
        writer.newline()
        return [Artifact(path: name, text: writer.text)]
    }

    // `textLength` makes the text fit whatever font the reader has.
    private func text(_ text: String, middle: Int, width: Int, into writer: inout MarkupWriter) {
        writer.element("text", ["x": String(middle), "y": "14", "textLength": String(width)], text)
    }

    private func width(of text: String) -> Int { 12 + 7 * text.count }

    // White text on each has a contrast of at least 4.5 to 1.
    private func colour(of status: TestStatus) -> String {
        switch status {
        case .pass: "#1a7f37"
        case .exploratory: "#0550ae"
        case .warning, .needsReview: "#7d6000"
        case .degraded: "#9a5b00"
        case .fail: "#b42318"
        case .invalid: "#57606a"
        }
    }
}

extension ArtifactRenderer where Self == ScoreBadge {
    static var badge: Self { Self() }
}
