import Analysis
import Correlation

/// From the baseline's mean to the current one, path by path: the bars add up.
struct WaterfallChart {
    private struct Row {
        var label: String
        var from: Double
        var to: Double
        var kind: String
    }

    /// What one path adds.
    private struct Step {
        var label: String
        var delta: Double
        var isSure: Bool

        init(_ path: PathComparison, delta: Double, isSure: Bool) {
            let leaf = PlainText.clean(path.stack.last?.label ?? "", limit: 90)
            // Two paths may end in the same operation; its caller tells them apart.
            let caller = path.stack.dropLast().last.map { " ← " + PlainText.clean($0.label, limit: 60) } ?? ""
            let calls =
                (path.callsAfter - path.callsBefore).magnitude >= 0.5
                ? " (\(Quantity.mean(path.callsBefore)) → \(Quantity.mean(path.callsAfter)) calls)" : ""
            label = leaf + calls + caller
            self.delta = delta
            self.isSure = isSure
        }
    }

    private static let maximumPaths = 8
    private static let rowHeight = 36
    /// Of the whole change; smaller ones are shown as a sum.
    private static let smallestShare = 0.01

    private let rows: [Row]
    private let scale: ChartScale

    /// The mean of all requests; `nil` without a baseline or when no path changed.
    static func mean(of test: TestReport) -> WaterfallChart? {
        guard let comparison = test.comparison, comparison.mean.before > 0, test.profile.traces > 0 else { return nil }
        let steps = comparison.paths.map { path in
            let isSure = path.critical.decision == .regression || path.critical.decision == .improvement
            return Step(path, delta: path.critical.delta, isSure: isSure && comparison.notComparable == nil)
        }
        return WaterfallChart(from: comparison.mean.before, to: comparison.mean.after, steps: steps)
    }

    /// The mean of slow requests; `nil` as well where either side has too few of them.
    static func tail(of test: TestReport) -> WaterfallChart? {
        guard let comparison = test.comparison else { return nil }
        let shifts = comparison.paths.compactMap { path in path.tail.map { (path: path, shift: $0) } }
        // A path alone is not tested in the tail; the p95 of the whole endpoint is.
        let isSure = comparison.p95.decision == .regression || comparison.p95.decision == .improvement
        return WaterfallChart(
            from: shifts.reduce(0) { $0 + $1.shift.before },
            to: shifts.reduce(0) { $0 + $1.shift.after },
            steps: shifts.map { Step($0.path, delta: $0.shift.delta, isSure: isSure) }
        )
    }

    private init?(from before: Double, to after: Double, steps: [Step]) {
        let changed = steps.filter { $0.delta != 0 }.sorted {
            ($1.delta.magnitude, $0.label) < ($0.delta.magnitude, $1.label)
        }
        guard before > 0, !changed.isEmpty else { return nil }
        var rows = [Row(label: "\(Quantity.milliseconds(before)) before", from: 0, to: before, kind: "whole")]
        var level = before
        let total = (after - before).magnitude
        let floor = WaterfallChart.smallestShare * max(total, WaterfallChart.smallestShare * before)
        let large = changed.prefix(WaterfallChart.maximumPaths).filter { $0.delta.magnitude >= floor }
        for step in large {
            let kind = !step.isSure ? "unsure" : step.delta > 0 ? "slower" : "faster"
            let text = "\(Quantity.signedMilliseconds(step.delta)) \(step.label)"
            rows.append(Row(label: text, from: level, to: level + step.delta, kind: kind))
            level += step.delta
        }
        let rest = after - level
        let others = changed.count - large.count
        if others > 0 || rest.magnitude >= 0.005 {
            let name = others > 0 ? "\(others) other paths" : "not explained by a path"
            rows.append(
                Row(label: "\(Quantity.signedMilliseconds(rest)) \(name)", from: level, to: after, kind: "unsure")
            )
        }
        rows.append(Row(label: "\(Quantity.milliseconds(after)) now", from: 0, to: after, kind: "whole"))
        self.rows = rows
        scale = ChartScale(upTo: rows.map { max($0.from, $0.to) }.max() ?? 1)
    }

    func svg() -> String {
        let height = rows.count * WaterfallChart.rowHeight
        let summary = rows.map(\.label).joined(separator: "; ")
        var writer = MarkupWriter()
        writer.start(
            "svg",
            ["class": "chart", "width": "100%", "height": String(height), "role": "img", "aria-label": summary]
        )
        for (index, row) in rows.enumerated() {
            let top = index * WaterfallChart.rowHeight
            let left = max(0, min(row.from, row.to)) / scale.end
            let width = (row.to - row.from).magnitude / scale.end
            writer.element("text", ["class": "label", "x": "2", "y": String(top + 13)], row.label)
            writer.element("rect", ["class": "rail", "y": String(top + 18), "width": "100%", "height": "12"])
            writer.element(
                "rect",
                [
                    "class": row.kind, "x": ChartScale.percent(left), "y": String(top + 18),
                    // A change too small to see still gets a mark.
                    "width": ChartScale.percent(max(width, 0.002)), "height": "12",
                ]
            )
        }
        writer.end()
        return writer.text
    }
}
