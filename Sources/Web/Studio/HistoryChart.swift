import Analysis
import Reporting

/// The p95 of a test over its runs, with the steps that are more than noise.
struct HistoryChart {
    private let history: RunHistory
    private let trend: HistoryTrend

    init(_ history: RunHistory, trend: HistoryTrend) {
        self.history = history
        self.trend = trend
    }

    func svg() -> String {
        let values = history.entries.map(\.p95Milliseconds)
        let top = max(values.max() ?? 0, 0.001) * 1.1
        let width = 600.0
        let height = 64.0
        func x(_ index: Int) -> Double {
            values.count < 2 ? width / 2 : width * Double(index) / Double(values.count - 1)
        }
        func y(_ value: Double) -> Double { height - 4 - (height - 8) * value / top }
        func text(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }
        var writer = MarkupWriter()
        let newest = values.last.map { Quantity.milliseconds($0) } ?? "–"
        writer.start(
            "svg",
            [
                "class": "spark", "viewBox": "0 0 600 64", "preserveAspectRatio": "none", "role": "img",
                "aria-label": "p95 over \(values.count) runs, newest \(newest)",
            ]
        )
        for step in trend.steps {
            writer.element(
                "line",
                ["class": "mark", "x1": text(x(step.index)), "x2": text(x(step.index)), "y1": "0", "y2": "64"]
            )
        }
        let points = values.enumerated().map { "\(text(x($0))),\(text(y($1)))" }.joined(separator: " ")
        writer.element("polyline", ["class": "line", "points": points])
        for (index, entry) in history.entries.enumerated() {
            let isBad = entry.status == "fail" || entry.status == "degraded"
            // A line of one point is nothing to see.
            guard isBad || values.count == 1 else { continue }
            writer.element(
                "rect",
                [
                    "class": isBad ? "dot bad" : "dot", "x": text(x(index) - 3),
                    "y": text(y(entry.p95Milliseconds) - 3), "width": "6",
                    "height": "6",
                ]
            )
        }
        writer.end()
        return writer.text
    }
}
