import Analysis

/// Latency over time as a Mermaid `xychart`, made of numbers only.
enum MermaidChart {
    // More points than this and the renderers of merge requests draw a smear.
    private static let maximumColumns = 40

    /// `nil` where fewer than two columns have a latency.
    static func latency(of test: TestReport) -> String? {
        guard let timeline = TimelineChart(test, maximumColumns: maximumColumns) else { return nil }
        let columns = timeline.columns.enumerated().filter { $0.element.p95 != nil && $0.element.p50 != nil }
        guard columns.count > 1 else { return nil }
        let ends = columns.map { String(($0.offset + 1) * timeline.secondsPerColumn) }
        let peak = ChartScale(upTo: columns.compactMap(\.element.p95).max() ?? 1).end
        return """
            xychart-beta
                title "Latency over time: p95 (first line) and p50"
                x-axis "second" [\(ends.joined(separator: ", "))]
                y-axis "ms" 0 --> \(NumberText.significant(peak, digits: 4))
                line [\(values(columns.compactMap(\.element.p95)))]
                line [\(values(columns.compactMap(\.element.p50)))]
            """
    }

    private static func values(_ values: [Double]) -> String {
        values.map { NumberText.fixed($0, decimals: 2) }.joined(separator: ", ")
    }
}
