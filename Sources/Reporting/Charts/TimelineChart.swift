import Analysis
import Statistics
import Telemetry

/// Latency, rate and errors over the seconds of a test.
///
/// Positions are percentages and text keeps its size, so the chart fits a wide screen and a narrow one.
struct TimelineChart {
    /// One column: one second, or several of a long test.
    struct Column {
        var answered: Double
        var failed: Double
        /// Milliseconds; `nil` where nothing was answered.
        var p50: Double?
        var p95: Double?
    }

    private static let maximumColumns = 240
    private static let latencyHeight = 190
    private static let rateHeight = 96
    private static let laneHeight = 64

    let columns: [Column]
    /// Share of the width that is warm-up, 0...1.
    let warmup: Double
    let secondsPerColumn: Int
    private let lanes: [MetricLane]
    private let test: TestReport

    /// `nil` for a test without a second.
    init?(_ test: TestReport, metrics: [ResourceSeries] = [], maximumColumns: Int = TimelineChart.maximumColumns) {
        let seconds = test.load.seconds
        guard !seconds.isEmpty else { return nil }
        let width = (seconds.count + maximumColumns - 1) / maximumColumns
        columns = stride(from: 0, to: seconds.count, by: width).map { start in
            let part = seconds[start..<min(start + width, seconds.count)]
            let merged = part.dropFirst().reduce(into: part[start]) { $0.merge($1) }
            return Column(
                answered: Double(merged.answered) / Double(part.count),
                failed: Double(merged.failed) / Double(part.count),
                p50: QuantileEstimate(0.5, of: merged.latency)?.value,
                p95: QuantileEstimate(0.95, of: merged.latency)?.value
            )
        }
        let load = test.load
        let lead = load.measuredFrom > load.startedAt ? Double(load.measuredFrom - load.startedAt) / 1e9 : 0
        warmup = min(1, lead / Double(columns.count * width))
        secondsPerColumn = width
        let length = Double(columns.count * width) * 1e9
        lanes = MetricLane.all(metrics, from: load.startedAt, nanoseconds: length)
        self.test = test
    }

    func svg() -> String {
        var writer = MarkupWriter()
        let plots = TimelineChart.latencyHeight + TimelineChart.rateHeight + lanes.count * TimelineChart.laneHeight
        let height = plots + 22
        writer.start(
            "svg",
            ["class": "chart", "width": "100%", "height": String(height), "role": "img", "aria-label": summary]
        )
        writer.element("title", [:], summary)
        drawLatency(into: &writer)
        drawRate(top: TimelineChart.latencyHeight + 4, into: &writer)
        for (index, lane) in lanes.enumerated() {
            let top = TimelineChart.latencyHeight + TimelineChart.rateHeight + index * TimelineChart.laneHeight + 4
            draw(lane, top: top, into: &writer)
        }
        drawSteps(height: plots, into: &writer)
        drawTimeAxis(top: height - 14, into: &writer)
        writer.end()
        return writer.text
    }

    private var summary: String {
        let values = columns.compactMap(\.p95)
        let low = values.min().map { Quantity.milliseconds($0) } ?? "–"
        let high = values.max().map { Quantity.milliseconds($0) } ?? "–"
        return "Latency over time: p95 between \(low) and \(high)"
    }

    private var limit: Double? { test.verdict.limits.first { $0.name == "latency.p95" && $0.unit == "ms" }?.limit }

    private func drawLatency(into writer: inout MarkupWriter) {
        let peak = columns.compactMap(\.p95).max() ?? 1
        let reference = [limit, test.comparison?.p95.before].compactMap { $0 }.filter { $0 <= 2 * peak }.max() ?? 0
        let scale = ChartScale(upTo: max(peak, reference) * 1.04)
        plot(top: 0, height: TimelineChart.latencyHeight, scale: scale, unit: " ms", into: &writer) { plot in
            for (name, path) in [("p50", \Column.p50), ("p95", \Column.p95)] {
                plot.element("path", ["class": "line \(name)", "d": line(path, scale: scale)])
            }
        }
        for (name, value) in [("limit", limit), ("baseline", test.comparison?.p95.before)] {
            guard let value, value > 0, value <= scale.end else { continue }
            let y = NumberText.fixed(Double(TimelineChart.latencyHeight) * (1 - value / scale.end), decimals: 1)
            writer.element("line", ["class": "rule \(name)", "x1": "0", "x2": "100%", "y1": y, "y2": y])
            writer.element(
                "text",
                ["class": "tick", "x": "100%", "dx": "-4", "y": y, "dy": "-4", "text-anchor": "end"],
                "p95 \(name) \(Quantity.milliseconds(value))"
            )
        }
    }

    private func drawRate(top: Int, into writer: inout MarkupWriter) {
        let peak = columns.map { $0.answered + $0.failed }.max() ?? 1
        let scale = ChartScale(upTo: max(peak, test.load.targetRate) * 1.04)
        plot(top: top, height: TimelineChart.rateHeight, scale: scale, unit: "/s", into: &writer) { plot in
            let step = 1000 / Double(columns.count)
            for (index, column) in columns.enumerated() {
                var y = 100.0
                for (name, value) in [("answered", column.answered), ("failed", column.failed)] where value > 0 {
                    let height = 100 * value / scale.end
                    y -= height
                    plot.element(
                        "rect",
                        [
                            "class": name, "x": TimelineChart.number(Double(index) * step + 0.08 * step),
                            "y": TimelineChart.number(y), "width": TimelineChart.number(0.84 * step),
                            "height": TimelineChart.number(height),
                        ]
                    )
                }
            }
        }
    }

    private func draw(_ lane: MetricLane, top: Int, into writer: inout MarkupWriter) {
        let (title, height) = (18, TimelineChart.laneHeight - 18)
        writer.element("text", ["class": "tick", "x": "4", "y": String(top + 14)], lane.title)
        plot(top: top + title, height: height, scale: lane.scale, unit: nil, into: &writer) { plot in
            for (index, line) in lane.lines.enumerated() {
                let path = line.points.enumerated().map { number, point in
                    let y = 100 * (1 - point.value / lane.scale.end)
                    return
                        "\(number == 0 ? "M" : "L")\(TimelineChart.number(1000 * point.x)) \(TimelineChart.number(y))"
                }
                plot.element("path", ["class": "line lane\(index)", "d": path.joined()])
            }
        }
    }

    // Where the load changed: the steps of a stress test, of users, of sizes.
    private func drawSteps(height: Int, into writer: inout MarkupWriter) {
        let length = Double(columns.count * secondsPerColumn) * 1e9
        for step in test.load.steps ?? [] where step.measuredFrom > test.load.startedAt {
            let share = Double(step.measuredFrom - test.load.startedAt) / length
            guard share < 1 else { continue }
            let x = ChartScale.percent(share)
            writer.element("line", ["class": "step", "x1": x, "x2": x, "y1": "0", "y2": String(height)])
            let label = StepRow(step: step).level
            writer.element("text", ["class": "tick", "x": x, "dx": "3", "y": "12"], label)
        }
    }

    // A plot of its own coordinates, 1000 wide and 100 high, stretched to the place it has; strokes do not stretch.
    private func plot(
        top: Int,
        height: Int,
        scale: ChartScale,
        unit: String?,
        into writer: inout MarkupWriter,
        draw: (inout MarkupWriter) -> Void
    ) {
        if warmup > 0 {
            writer.element(
                "rect",
                [
                    "class": "warmup", "y": String(top), "width": ChartScale.percent(warmup), "height": String(height),
                ]
            )
        }
        for tick in scale.ticks.dropLast() {
            let y = NumberText.fixed(Double(top) + Double(height) * (1 - tick / scale.end), decimals: 1)
            writer.element("line", ["class": "grid", "x1": "0", "x2": "100%", "y1": y, "y2": y])
        }
        writer.element(
            "svg",
            [
                "y": String(top), "width": "100%", "height": String(height), "viewBox": "0 0 1000 100",
                "preserveAspectRatio": "none",
            ],
            content: draw
        )
        for tick in scale.ticks.dropLast() {
            guard let unit else { break }
            let y = NumberText.fixed(Double(top) + Double(height) * (1 - tick / scale.end), decimals: 1)
            writer.element("text", ["class": "tick", "x": "4", "y": y, "dy": "-3"], Quantity.mean(tick) + unit)
        }
        let base = String(top + height)
        writer.element("line", ["class": "axis", "x1": "0", "x2": "100%", "y1": base, "y2": base])
    }

    // A second without an answer is a gap, not a zero.
    private func line(_ value: KeyPath<Column, Double?>, scale: ChartScale) -> String {
        var path = ""
        var isDown = false
        let step = 1000 / Double(columns.count)
        for (index, column) in columns.enumerated() {
            guard let value = column[keyPath: value] else {
                isDown = false
                continue
            }
            let x = TimelineChart.number((Double(index) + 0.5) * step)
            path += "\(isDown ? "L" : "M")\(x) \(TimelineChart.number(100 * (1 - value / scale.end)))"
            isDown = true
        }
        return path
    }

    private func drawTimeAxis(top: Int, into writer: inout MarkupWriter) {
        let seconds = Double(columns.count * secondsPerColumn)
        if warmup > 0.08 {
            writer.element("text", ["class": "tick", "x": "4", "y": "12"], "warm-up")
        }
        for tick in [0] + ChartScale(upTo: seconds).ticks where tick <= 0.95 * seconds || tick == seconds {
            let anchor = tick == 0 ? "start" : tick == seconds ? "end" : "middle"
            writer.element(
                "text",
                [
                    "class": "tick", "x": ChartScale.percent(tick / seconds), "y": String(top + 10),
                    "text-anchor": anchor,
                ],
                Quantity.mean(tick) + " s"
            )
        }
    }

    private static func number(_ value: Double) -> String { NumberText.fixed(value, decimals: 2) }
}
