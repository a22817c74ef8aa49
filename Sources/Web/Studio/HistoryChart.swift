import Analysis
import Reporting

/// The p95 of a test over its runs, with the steps that are more than noise; runs that came out badly lead to their page.
struct HistoryChart {
    /// Pixels: what has a name stands above and below the lines.
    private static let plot = 14.0...78.0
    private static let height = 96

    private let history: RunHistory
    private let trend: HistoryTrend
    /// Milliseconds at the top of the plot; its bottom is 0.
    private let top: Double

    init(_ history: RunHistory, trend: HistoryTrend) {
        self.history = history
        self.trend = trend
        top = max(history.entries.map(\.p95Milliseconds).max() ?? 0, 0.001) * 1.1
    }

    func svg() -> String {
        let newest = history.entries.last.map { Quantity.milliseconds($0.p95Milliseconds) } ?? "–"
        var writer = MarkupWriter()
        writer.start(
            "svg",
            [
                "class": "history", "height": "\(HistoryChart.height)", "role": "img",
                "aria-label": "p95 over \(history.entries.count) runs, newest \(newest)",
            ]
        )
        scale(&writer)
        for step in trend.steps {
            let x = ChartScale.percent(share(step.index))
            writer.element("line", ["class": "mark", "x1": x, "x2": x, "y1": "14", "y2": "78"])
        }
        line(&writer)
        for (index, entry) in history.entries.enumerated() { dot(entry, at: index, &writer) }
        writer.end()
        return writer.text
    }

    private func scale(_ writer: inout MarkupWriter) {
        for value in [top, top / 2, 0] {
            let y = HistoryChart.text(y(value))
            writer.element("line", ["class": "grid", "x1": "0", "x2": "100%", "y1": y, "y2": y])
            guard value > 0 else { continue }
            writer.element("text", ["x": "2", "y": HistoryChart.text(self.y(value) - 3)], Quantity.milliseconds(value))
        }
        guard let first = history.entries.first, let last = history.entries.last, first.runID != last.runID
        else { return }
        writer.element("text", ["x": "0", "y": "93"], String(Timestamp.readable(first.startedAt).prefix(16)))
        writer.element(
            "text",
            ["x": "100%", "y": "93", "text-anchor": "end"],
            String(Timestamp.readable(last.startedAt).prefix(16))
        )
    }

    /// In a box of its own that is stretched to the width; lines keep theirs.
    private func line(_ writer: inout MarkupWriter) {
        writer.start(
            "svg",
            [
                "viewBox": "0 0 1000 \(HistoryChart.height)", "preserveAspectRatio": "none", "width": "100%",
                "height": "\(HistoryChart.height)",
            ]
        )
        let points = history.entries.enumerated().map { index, entry in
            "\(HistoryChart.text(share(index) * 1_000)),\(HistoryChart.text(y(entry.p95Milliseconds)))"
        }
        writer.element("polyline", ["class": "line", "points": points.joined(separator: " ")])
        writer.end()
    }

    private func dot(_ entry: RunHistory.Entry, at index: Int, _ writer: inout MarkupWriter) {
        let isBad = entry.status == "fail" || entry.status == "degraded"
        guard isBad || index == history.entries.count - 1 else { return }
        let said = "\(entry.runID), \(entry.status), p95 \(Quantity.milliseconds(entry.p95Milliseconds))"
        writer.start("a", ["href": "/runs/\(Words.path(entry.runID))"])
        writer.start(
            "circle",
            [
                "class": isBad ? "dot bad" : "dot", "cx": ChartScale.percent(share(index)),
                "cy": HistoryChart.text(y(entry.p95Milliseconds)), "r": "4",
            ]
        )
        writer.element("title", [:], said)
        writer.end()
        writer.end()
    }

    /// 0...1 from left to right, with room for the dots at both ends.
    private func share(_ index: Int) -> Double {
        let count = history.entries.count
        return count < 2 ? 0.5 : 0.01 + 0.98 * Double(index) / Double(count - 1)
    }

    private func y(_ value: Double) -> Double {
        let plot = HistoryChart.plot
        return plot.upperBound - (plot.upperBound - plot.lowerBound) * value / top
    }

    private static func text(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }
}
