import Analysis
import Statistics
import Telemetry

/// The steps of a test over their level: latency for rates and sizes, throughput for users with the law fitted to it.
struct StepChart {
    private static let height = 180

    private let steps: [LoadStep]
    private let law: Scalability?
    private let isThroughput: Bool

    /// `nil` for a test without two steps of different levels.
    init?(_ test: TestReport) {
        let steps = (test.load.steps ?? []).filter { $0.role != .recovery && $0.answered > 0 }
        guard Set(steps.map(\.level)).count > 1 else { return nil }
        self.steps = steps.sorted { $0.level < $1.level }
        isThroughput = steps.contains { $0.role == .users }
        if case .scalability(let law)? = test.load.characteristic { self.law = law } else { law = nil }
    }

    var caption: String {
        isThroughput ? "Answers per second by virtual users, with the fitted law" : "p95 by level, each step a point"
    }

    func svg() -> String {
        let levels = ChartScale(upTo: (steps.map(\.level).max() ?? 1) * 1.02)
        let top = steps.compactMap(value).max() ?? 1
        let values = ChartScale(upTo: max(top, law?.bestRate.map { min($0, 2 * top) } ?? 0) * 1.04)
        var writer = MarkupWriter()
        writer.start(
            "svg",
            [
                "class": "chart", "width": "100%", "height": String(StepChart.height + 18), "role": "img",
                "aria-label": caption,
            ]
        )
        writer.element("title", [:], caption)
        for tick in values.ticks.dropLast() {
            let y = self.y(tick, values)
            writer.element("line", ["class": "grid", "x1": "0", "x2": "100%", "y1": y, "y2": y])
            writer.element("text", ["class": "tick", "x": "4", "y": y, "dy": "-3"], Quantity.mean(tick) + unit)
        }
        if let law { draw(law, levels, values, into: &writer) }
        for step in steps {
            guard let value = value(step) else { continue }
            writer.element(
                "circle",
                [
                    "class": step.hasHeld ? "answered" : "failed", "cx": ChartScale.percent(step.level / levels.end),
                    "cy": y(value, values), "r": step.role == .confirmation ? "6" : "4",
                ]
            )
        }
        let base = String(StepChart.height)
        writer.element("line", ["class": "axis", "x1": "0", "x2": "100%", "y1": base, "y2": base])
        for tick in levels.ticks.dropLast() {
            writer.element(
                "text",
                [
                    "class": "tick", "x": ChartScale.percent(tick / levels.end), "y": String(StepChart.height + 14),
                    "text-anchor": "middle",
                ],
                Quantity.mean(tick)
            )
        }
        writer.end()
        return writer.text
    }

    private func draw(_ law: Scalability, _ levels: ChartScale, _ values: ChartScale, into writer: inout MarkupWriter) {
        var path = ""
        for index in 0...100 {
            let n = max(1, levels.end * Double(index) / 100)
            let rate = law.ratePerUser * n / (1 + law.contention * (n - 1) + law.coherency * n * (n - 1))
            let x = NumberText.fixed(1000 * n / levels.end, decimals: 2)
            path += "\(index == 0 ? "M" : "L")\(x) \(NumberText.fixed(100 * (1 - rate / values.end), decimals: 2))"
        }
        writer.element(
            "svg",
            [
                "width": "100%", "height": String(StepChart.height), "viewBox": "0 0 1000 100",
                "preserveAspectRatio": "none",
            ]
        ) { plot in
            plot.element("path", ["class": "line p50", "d": path])
        }
    }

    private var unit: String { isThroughput ? "/s" : " ms" }

    private func value(_ step: LoadStep) -> Double? {
        isThroughput ? step.achievedRate : QuantileEstimate(0.95, of: step.latency)?.value
    }

    private func y(_ value: Double, _ scale: ChartScale) -> String {
        NumberText.fixed(Double(StepChart.height) * (1 - value / scale.end), decimals: 1)
    }
}
