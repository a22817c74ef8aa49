import Correlation
import Reporting
import Statistics
import Telemetry

/// An operation over a stretch of minutes: median and p95, what is usual, and the time in which it was not.
struct OperationChart {
    private struct Point {
        var at: UInt64
        var median: Double
        var p95: Double
    }

    /// Pixels.
    private static let height = 132
    private static let plot = 14.0...112.0

    private let points: [Point]
    /// Milliseconds.
    private let usual: Double
    private let episode: Range<UInt64>
    private let range: Range<UInt64>
    private let top: Double

    /// `nil` where no window has the operation; windows in order, `usual` in milliseconds.
    init?(of operation: OperationKey, in windows: [TelemetryWindow], usual: Double, episode: Range<UInt64>) {
        points = windows.compactMap { window in
            OperationRows.merged(window.operations.filter { $0.operation == operation }).map {
                Point(
                    at: window.start,
                    median: Double($0.total.quantile(0.5)) / 1e6,
                    p95: Double($0.total.quantile(0.95)) / 1e6
                )
            }
        }
        guard let first = windows.first, let last = windows.last, !points.isEmpty else { return nil }
        self.usual = usual
        self.episode = episode
        range = first.start..<last.start + TelemetryWindow.length
        // A single wild minute would press everything else to the ground.
        let levels = points.map(\.p95).sorted()
        top = max(levels[Int(Double(levels.count - 1) * 0.98)] * 1.15, usual * 1.3, 0.001)
    }

    func svg() -> String {
        let newest = points.last.map { Quantity.milliseconds($0.median) } ?? "–"
        var writer = MarkupWriter()
        writer.start(
            "svg",
            [
                "class": "history", "height": "\(OperationChart.height)", "role": "img",
                "aria-label":
                    "median and p95 over \(points.count) minutes, newest median \(newest), usual \(Quantity.milliseconds(usual))",
            ]
        )
        let (from, to) = (share(episode.lowerBound), share(episode.upperBound))
        writer.element(
            "rect",
            [
                "class": "episode", "x": ChartScale.percent(from), "width": ChartScale.percent(max(0.002, to - from)),
                "y": "14", "height": "98",
            ]
        )
        for value in [top, top / 2, 0] {
            let y = OperationChart.text(y(value))
            writer.element("line", ["class": "grid", "x1": "0", "x2": "100%", "y1": y, "y2": y])
            if value > 0 {
                writer.element(
                    "text",
                    ["x": "2", "y": OperationChart.text(self.y(value) - 3)],
                    Quantity.milliseconds(value)
                )
            }
        }
        let usualY = OperationChart.text(y(usual))
        writer.element("line", ["class": "usual", "x1": "0", "x2": "100%", "y1": usualY, "y2": usualY])
        writer.start(
            "svg",
            [
                "viewBox": "0 0 1000 \(OperationChart.height)", "preserveAspectRatio": "none", "width": "100%",
                "height": "\(OperationChart.height)",
            ]
        )
        writer.element("polyline", ["class": "line high", "points": line(\.p95)])
        writer.element("polyline", ["class": "line", "points": line(\.median)])
        writer.end()
        writer.element("text", ["x": "0", "y": "127"], String(Timestamp.readable(range.lowerBound).prefix(16)))
        writer.element(
            "text",
            ["x": "100%", "y": "127", "text-anchor": "end"],
            String(Timestamp.readable(range.upperBound).prefix(16))
        )
        writer.end()
        return writer.text
    }

    private func line(_ value: KeyPath<Point, Double>) -> String {
        points.map { "\(OperationChart.text(share($0.at) * 1_000)),\(OperationChart.text(y($0[keyPath: value])))" }
            .joined(separator: " ")
    }

    /// 0...1 from left to right.
    private func share(_ time: UInt64) -> Double {
        let time = min(max(time, range.lowerBound), range.upperBound)
        return Double(time - range.lowerBound) / Double(range.upperBound - range.lowerBound)
    }

    private func y(_ value: Double) -> Double {
        let plot = OperationChart.plot
        return plot.upperBound - (plot.upperBound - plot.lowerBound) * min(1, value / top)
    }

    private static func text(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }
}
