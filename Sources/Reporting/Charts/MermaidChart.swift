import Analysis
import Correlation

/// Charts as Mermaid `xychart-beta`, which GitLab and GitHub draw in comments.
///
/// Syntax: mermaid.js.org, "XY Chart". Text of strangers is reduced to what can stand between its quotation marks.
enum MermaidChart {
    // More points than this and the renderers of merge requests draw a smear.
    private static let maximumColumns = 40
    private static let maximumPaths = 6
    private static let labelLength = 28

    /// `nil` where fewer than two columns have a latency.
    static func latency(of test: TestReport) -> String? {
        guard let timeline = TimelineChart(test, maximumColumns: maximumColumns) else { return nil }
        let columns = timeline.columns.enumerated().filter { $0.element.p95 != nil && $0.element.p50 != nil }
        guard let first = columns.first, let last = columns.last, columns.count > 1 else { return nil }
        let ends = columns.map { ($0.offset + 1) * timeline.secondsPerColumn }
        // A range spaces its labels by itself; seconds without an answer must not be drawn over.
        let hasGaps = last.offset - first.offset + 1 != columns.count
        let axis =
            hasGaps
            ? "[\(ends.map(String.init).joined(separator: ", "))]" : "\(ends[0]) --> \(ends[ends.count - 1])"
        let peak = ChartScale(upTo: columns.compactMap(\.element.p95).max() ?? 1).end
        return """
            xychart-beta
                title "Latency over time: p95 (first line) and p50"
                x-axis "second" \(axis)
                y-axis "ms" 0 --> \(NumberText.significant(peak, digits: 4))
                line [\(values(columns.compactMap(\.element.p95)))]
                line [\(values(columns.compactMap(\.element.p50)))]
            """
    }

    /// Which path contributes how much to the change of the mean; `nil` where nothing changed for sure.
    static func contributions(of test: TestReport) -> String? {
        guard let comparison = test.comparison, comparison.notComparable == nil else { return nil }
        let changed = comparison.paths.enumerated()
            .filter { $0.element.critical.decision == .regression || $0.element.critical.decision == .improvement }
            .sorted {
                ($1.element.critical.delta.magnitude, $0.offset) < ($0.element.critical.delta.magnitude, $1.offset)
            }
            .prefix(maximumPaths).map(\.element)
        guard !changed.isEmpty else { return nil }
        let deltas = changed.map(\.critical.delta)
        let others = comparison.mean.delta - deltas.reduce(0, +)
        let labels = changed.map { label($0.stack.last?.label ?? "") } + ["others"]
        // As they will be written, so that none ends up beyond its axis.
        let bars = (deltas + [others]).map { ($0 * 100).rounded() / 100 }
        let end = ChartScale(upTo: bars.max() ?? 1).end
        let start = bars.contains { $0 < 0 } ? -ChartScale(upTo: -(bars.min() ?? 0)).end : 0
        return """
            xychart-beta
                title "Change of the mean by path, ms per request"
                x-axis [\(labels.map { "\"\($0)\"" }.joined(separator: ", "))]
                y-axis "ms" \(NumberText.significant(start, digits: 4)) --> \(NumberText.significant(end, digits: 4))
                bar [\(values(bars))]
            """
    }

    // Letters, digits and a few signs: no quotation mark, bracket or directive of Mermaid's own.
    private static func label(_ text: String) -> String {
        let kept = PlainText.clean(text, limit: 200).map { character -> Character in
            character.isLetter || character.isNumber || " :/.-_".contains(character) ? character : " "
        }
        let words = String(kept).split(separator: " ").joined(separator: " ")
        return words.isEmpty ? "?" : PlainText.cut(words, to: labelLength)
    }

    private static func values(_ values: [Double]) -> String {
        values.map { NumberText.fixed($0, decimals: 2) }.joined(separator: ", ")
    }
}
