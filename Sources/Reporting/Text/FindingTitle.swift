package import Analysis

extension Finding {
    /// The kind as people say it: `N+1 query`, `Slower operation`.
    package var title: String {
        let words = PlainText.clean(kind, limit: 80).split(separator: "_").joined(separator: " ")
        if words.hasPrefix("n plus one") { return "N+1" + words.dropFirst("n plus one".count) }
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

extension Culprit {
    /// Of what its share is.
    func shareText(in report: RunReport) -> String {
        let hasBaseline = report.tests.contains { $0.comparison != nil }
        return Quantity.percent(share) + (hasBaseline ? " of the slowdown" : " of the critical path")
    }
}
