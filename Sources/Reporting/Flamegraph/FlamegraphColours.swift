/// Which classes a frame wears; `FlamegraphStyle` says what they look like.
struct FlamegraphColours {
    struct LegendEntry {
        var classes: String
        var text: String
    }

    private static let paletteSize = 8
    /// Shares of the endpoint's change from which a frame gets a stronger colour.
    private static let strengths = [0.05, 0.2, 0.5]

    /// By name, so that a service has its colour whatever else the run saw in which order.
    private let numbers: [String: Int]
    /// Most time of their own first.
    private let busiest: [String]
    /// Whether any frame stands for time without a span.
    private let hasGaps: Bool

    init(_ panels: [FlamegraphPanel]) {
        let names = panels.flatMap { panel in
            panel.tree.frames.filter { $0.kind == .operation }.map(\.service)
        }
        let services = Set(names.filter { !$0.isEmpty }).sorted()
        var weights: [String: Double] = [:]
        for panel in panels {
            for frame in panel.tree.frames where frame.kind == .operation {
                weights[frame.service, default: 0] += frame.ownWidth
            }
        }
        busiest = services.sorted { (weights[$1] ?? 0, $0) < (weights[$0] ?? 0, $1) }
        numbers = Dictionary(uniqueKeysWithValues: services.enumerated().map { ($0.element, $0.offset) })
        hasGaps = panels.contains { $0.tree.frames.contains { $0.kind == .synthetic } }
    }

    func classes(of frame: FlamegraphFrame, in panel: FlamegraphPanel) -> String {
        if panel.isDiff { return differenceClasses(of: frame, in: panel) }
        if frame.kind == .plain || frame.service.isEmpty, frame.kind != .synthetic, frame.kind != .merged {
            return "s7"
        }
        guard frame.kind == .operation, let index = numbers[frame.service] else { return "gap" }
        return "s\(index % FlamegraphColours.paletteSize)"
    }

    /// In a diff the class by the change with what a frame calls, where that differs from its own.
    func otherClass(of frame: FlamegraphFrame, in panel: FlamegraphPanel) -> String? {
        guard panel.isDiff, !frame.isRemoved, let before = frame.before else { return nil }
        let delta = frame.inclusive - before.inclusive
        let change = max((panel.tree.total - panel.tree.totalBefore).magnitude, delta.magnitude)
        guard change > 0, delta.magnitude / change >= FlamegraphColours.strengths[0], panel.tree.hasSignificance else {
            return "same"
        }
        let strength = 1 + FlamegraphColours.strengths.filter { delta.magnitude / change >= $0 }.count
        return (delta > 0 ? "o" : "b") + String(strength)
    }

    func legend(isDiff: Bool) -> [LegendEntry] {
        guard !isDiff else {
            return [
                LegendEntry(classes: "o4", text: "slower"), LegendEntry(classes: "b4", text: "faster"),
                LegendEntry(classes: "gone", text: "removed"), LegendEntry(classes: "same", text: "no change"),
            ]
        }
        // More services than the line has room for: the busiest are named here, the tooltips name all.
        let shown = busiest.prefix(FlamegraphColours.paletteSize - 1).sorted().map { name in
            LegendEntry(classes: "s\((numbers[name] ?? 0) % FlamegraphColours.paletteSize)", text: name)
        }
        return shown + (hasGaps ? [LegendEntry(classes: "gap", text: "no span")] : [])
    }

    private func differenceClasses(of frame: FlamegraphFrame, in panel: FlamegraphPanel) -> String {
        if frame.isRemoved { return "gone" }
        guard let before = frame.before, before.isSignificant, let delta = frame.ownDelta, delta != 0 else {
            return frame.kind == .operation || frame.kind == .plain ? "same" : "same gap"
        }
        let change = max((panel.tree.total - panel.tree.totalBefore).magnitude, delta.magnitude)
        let strength = 1 + FlamegraphColours.strengths.filter { delta.magnitude / change >= $0 }.count
        return (delta > 0 ? "o" : "b") + String(strength)
    }
}
