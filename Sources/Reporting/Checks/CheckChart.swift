import Analysis

/// One operation over the time before and since a deploy: p50, p95 and failures.
struct CheckChart {
    private static let height = 190
    private let report: CheckReport
    private let points: [CheckPoint]

    /// `nil` without two bins that show anything.
    init?(_ report: CheckReport) {
        guard report.points.count(where: { $0.p50 != nil }) > 1 else { return nil }
        self.report = report
        points = report.points
    }

    func svg() -> String {
        let peak = points.compactMap { $0.p95 ?? $0.p50 }.max() ?? 1
        let scale = ChartScale(upTo: peak * 1.04)
        var writer = MarkupWriter()
        let height = CheckChart.height
        writer.start(
            "svg",
            ["class": "chart", "width": "100%", "height": String(height + 22), "role": "img", "aria-label": summary]
        )
        writer.element("title", [:], summary)
        for range in [report.before, report.after] where !range.isEmpty {
            let (low, high) = (share(range.lowerBound), share(range.upperBound))
            writer.element(
                "rect",
                [
                    "class": "warmup", "x": ChartScale.percent(low), "y": "0",
                    "width": ChartScale.percent(max(0, high - low)), "height": String(height),
                ]
            )
        }
        for tick in scale.ticks.dropLast() {
            let y = NumberText.fixed(Double(height) * (1 - tick / scale.end), decimals: 1)
            writer.element("line", ["class": "grid", "x1": "0", "x2": "100%", "y1": y, "y2": y])
        }
        writer.start(
            "svg",
            ["width": "100%", "height": String(height), "viewBox": "0 0 1000 100", "preserveAspectRatio": "none"]
        )
        let most = points.map { failed($0) }.max() ?? 0
        if most > 0 {
            let step = 1000 / Double(points.count)
            for (index, point) in points.enumerated() where failed(point) > 0 {
                let tall = 100 * failed(point)
                writer.element(
                    "rect",
                    [
                        "class": "failed", "x": number(Double(index) * step + 0.1 * step), "y": number(100 - tall),
                        "width": number(0.8 * step), "height": number(tall),
                    ]
                )
            }
        }
        for (name, value) in [("p50", \CheckPoint.p50), ("p95", \CheckPoint.p95)] {
            let path = line(value, scale: scale)
            if !path.isEmpty { writer.element("path", ["class": "line \(name)", "d": path]) }
        }
        writer.end()
        for tick in scale.ticks.dropLast() {
            let y = NumberText.fixed(Double(height) * (1 - tick / scale.end), decimals: 1)
            writer.element("text", ["class": "tick", "x": "4", "y": y, "dy": "-3"], Quantity.mean(tick) + " ms")
        }
        let x = ChartScale.percent(share(report.deploy.at))
        writer.element("line", ["class": "rule limit", "x1": x, "x2": x, "y1": "0", "y2": String(height)])
        let base = String(height)
        writer.element("line", ["class": "axis", "x1": "0", "x2": "100%", "y1": base, "y2": base])
        for (offset, anchor, at) in [("0", "start", start), ("100%", "end", end)] {
            let clock = String(Timestamp.rfc3339(at).dropFirst(11).prefix(5))
            writer.element(
                "text",
                ["class": "tick", "x": offset, "y": String(height + 16), "text-anchor": anchor],
                clock
            )
        }
        writer.end()
        return writer.text
    }

    /// Which line is which; markup of our own.
    var legend: String {
        let hasTail = points.contains { $0.p95 != nil }
        return #"<span class="swatch p50"></span>typical"#
            + (hasTail ? #"<span class="swatch p95"></span>p95"# : "")
            + (points.contains { $0.errors > 0 }
                ? #"<span class="swatch failed"></span>failed, share of the height"# : "")
            + "; "
    }

    private var start: UInt64 { points[0].start }
    private var end: UInt64 { points[points.count - 1].start + UInt64(report.binSeconds) * 1_000_000_000 }

    private func share(_ moment: UInt64) -> Double {
        guard moment > start else { return 0 }
        return min(1, Double(moment - start) / Double(max(1, end - start)))
    }

    private func failed(_ point: CheckPoint) -> Double {
        point.spans > 0 ? min(1, Double(point.errors) / Double(point.spans)) : 0
    }

    private var summary: String {
        let typical = points.compactMap(\.p50)
        return "\(PlainText.clean(report.shown?.operation ?? "")) over time: typically between "
            + "\(Quantity.milliseconds(typical.min() ?? 0)) and \(Quantity.milliseconds(typical.max() ?? 0))"
    }

    // A bin without a request is a gap, not a zero.
    private func line(_ value: KeyPath<CheckPoint, Double?>, scale: ChartScale) -> String {
        var path = ""
        var isDrawing = false
        for (index, point) in points.enumerated() {
            guard let height = point[keyPath: value] else {
                isDrawing = false
                continue
            }
            let x = 1000 * (Double(index) + 0.5) / Double(points.count)
            path += "\(isDrawing ? "L" : "M")\(number(x)) \(number(100 * (1 - height / scale.end)))"
            isDrawing = true
        }
        return path
    }

    private func number(_ value: Double) -> String { NumberText.significant(value, digits: 5) }
}
