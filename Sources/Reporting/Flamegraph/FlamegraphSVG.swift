import Telemetry

/// Draws panels one below the other as one SVG.
///
/// Horizontal positions are percentages of whatever width there is, text keeps its size, and each frame is a nested
/// `svg` that clips its own label: the same file reads at 1280 and at 390 pixels, with and without its script.
struct FlamegraphSVG {
    /// What the SVG brings along; a page that shows several graphs has style and script once itself.
    enum Parts {
        case standalone, withoutScript, inline
    }

    /// Frames and bytes at most; a larger graph adds up more small frames.
    private static let maximumFrames = 5000
    private static let maximumBytes = 2_000_000
    private static let smallestShare = 0.001
    private static let rowHeight = 20
    private static let lineHeight = 17
    private static let buttonHeight = 26
    /// Frames that the description lists for who cannot see the picture.
    private static let describedFrames = 20

    private let title: String
    private let panels: [FlamegraphPanel]
    private let parts: Parts
    /// For programs that read the file by itself, such as `retryAttempt: 1`.
    private let metadata: String?
    private let link: TraceLink?
    private let colours: FlamegraphColours

    init(
        title: String,
        panels: [FlamegraphPanel],
        parts: Parts = .standalone,
        metadata: String? = nil,
        link: TraceLink? = nil
    ) {
        self.title = title
        self.panels = panels
        self.parts = parts
        self.metadata = metadata
        self.link = link
        colours = FlamegraphColours(panels)
    }

    /// Bytes depend on the panels alone.
    func render() -> String {
        var smallest = FlamegraphSVG.smallestShare
        while true {
            let layouts = panels.map { FlamegraphLayout($0.tree, smallest: smallest) }
            if layouts.reduce(0, { $0 + $1.boxes.count }) <= FlamegraphSVG.maximumFrames || smallest >= 1 {
                let text = draw(layouts)
                if text.utf8.count <= FlamegraphSVG.maximumBytes || smallest >= 1 { return text }
            }
            smallest *= 2
        }
    }

    private func draw(_ layouts: [FlamegraphLayout]) -> String {
        let legend = colours.legend(isDiff: panels.contains(where: \.isDiff))
        let legendHeight = 24
        let footer = 28
        let heights = zip(panels, layouts).map { height(of: $0, layout: $1) }
        var writer = MarkupWriter()
        writer.start(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": "flame", "width": "100%",
                "height": String(heights.reduce(0, +) + legendHeight + FlamegraphSVG.buttonHeight + footer),
                "role": "tree", "aria-label": summary,
            ]
        )
        writer.newline()
        writer.element("title", [:], title)
        if let metadata { writer.element("metadata", [:], metadata) }
        writer.element("desc", [:], zip(panels, layouts).map { description(of: $0, $1) }.joined(separator: " "))
        writer.newline()
        if parts != .inline { writer.element("style") { $0.raw(FlamegraphSVG.styleText) } }
        if parts != .inline { writer.raw(FlamegraphStyle.patterns) }
        writer.newline()
        if parts != .inline { writer.element("rect", ["class": "ground", "width": "100%", "height": "100%"]) }
        draw(legend, into: &writer)
        drawButtons(into: &writer)
        var top = legendHeight + FlamegraphSVG.buttonHeight
        for (index, panel) in panels.enumerated() {
            draw(panel, layouts[index], top: top, height: heights[index], into: &writer)
            top += heights[index]
        }
        writer.element("text", ["class": "detail", "x": "6", "y": String(top + 16)], hint)
        writer.newline()
        if parts == .standalone { writer.element("script") { $0.raw("//<![CDATA[\n\(FlamegraphScript.source)//]]>") } }
        writer.end()
        writer.newline()
        return writer.text
    }

    /// What the style element of a file holds, as its policy names it by its hash.
    static let styleText = "\n" + FlamegraphStyle.css

    /// What the script element of a file holds once its CDATA is read.
    static let scriptText = "//\n" + FlamegraphScript.source + "//"

    private let hint = "Hover or focus a frame for its numbers."

    private var summary: String {
        let parts = panels.map { panel in
            panel.isDiff
                ? "\(panel.title): before \(panel.unit.text(panel.tree.totalBefore)), "
                    + "after \(panel.unit.text(panel.tree.total))"
                : "\(panel.title): \(panel.unit.text(panel.tree.total))\(panel.unit.suffix)"
        }
        return title + ". " + parts.joined(separator: "; ")
    }

    /// The largest frames by their own time, in words.
    private func description(of panel: FlamegraphPanel, _ layout: FlamegraphLayout) -> String {
        let frames = layout.boxes.map(\.frame).enumerated()
            .filter { $0.element.kind != .merged && $0.element.ownWidth > 0 }
            .sorted { ($1.element.ownWidth, $0.offset) < ($0.element.ownWidth, $1.offset) }
            .prefix(FlamegraphSVG.describedFrames)
        let words = frames.map { frame in
            "\(frame.element.label) \(panel.unit.text(frame.element.own))"
                + (frame.element.ownDelta.map { " (\(panel.unit.signed($0)))" } ?? "")
        }
        return "\(panel.title), largest first: \(words.joined(separator: "; "))."
    }

    private func height(of panel: FlamegraphPanel, layout: FlamegraphLayout) -> Int {
        24 + panel.notes.count * FlamegraphSVG.lineHeight + layout.depth * FlamegraphSVG.rowHeight + 14
    }

    // Swatches side by side, each clipped to an equal part of the width.
    private func draw(_ legend: [FlamegraphColours.LegendEntry], into writer: inout MarkupWriter) {
        let share = 100 / Double(max(1, legend.count))
        for (index, entry) in legend.enumerated() {
            writer.element(
                "svg",
                [
                    "x": percent(Double(index) * share), "y": "4", "width": percent(min(share, 20)), "height": "18",
                    "class": "key \(entry.classes)",
                ]
            ) { key in
                key.element("rect", ["x": "6", "y": "3", "width": "11", "height": "11"])
                key.element("text", ["x": "22", "y": "13"], entry.text)
            }
        }
        writer.newline()
    }

    // Shown by the script alone: without it they would do nothing.
    private func drawButtons(into writer: inout MarkupWriter) {
        var buttons = [("search", "Search", 66), ("reset", "Show all", 74)]
        if panels.contains(where: \.isDiff) { buttons.append(("swap", "Colour: own or with callees", 186)) }
        var x = 6
        for (action, label, width) in buttons {
            writer.element(
                "svg",
                [
                    "class": "button", "x": String(x), "y": "25", "width": String(width), "height": "20",
                    "role": "button", "tabindex": "0", "aria-label": label, "data-does": action,
                ]
            ) { button in
                button.element("rect", ["x": "0.5", "y": "0.5", "width": String(width - 1), "height": "19", "rx": "4"])
                button.element("text", ["x": "9", "y": "14"], label)
            }
            x += width + 6
        }
        writer.newline()
    }

    private func draw(
        _ panel: FlamegraphPanel,
        _ layout: FlamegraphLayout,
        top: Int,
        height: Int,
        into writer: inout MarkupWriter
    ) {
        writer.start("svg", ["class": "panel", "y": String(top), "width": "100%", "height": String(height)])
        writer.element("text", ["class": "head", "x": "6", "y": "17"], panel.title)
        for (line, note) in panel.notes.enumerated() {
            let y = 24 + (line + 1) * FlamegraphSVG.lineHeight - 5
            writer.element("text", ["class": "note", "x": "6", "y": String(y)], note)
        }
        writer.newline()
        let rows = 24 + panel.notes.count * FlamegraphSVG.lineHeight + 4
        for box in layout.boxes { draw(box, of: panel, top: rows, into: &writer) }
        writer.end()
        writer.newline()
    }

    private func draw(
        _ box: FlamegraphLayout.Box,
        of panel: FlamegraphPanel,
        top: Int,
        into writer: inout MarkupWriter
    ) {
        let text = FlamegraphText(box.frame, in: panel)
        let y = String(top + box.frame.depth * FlamegraphSVG.rowHeight)
        let isRoot = box.frame.depth == 0
        let address = box.frame.exemplar.flatMap { link?.address(of: $0) }
        writer.element(
            "svg",
            [
                "class": "f " + colours.classes(of: box.frame, in: panel), "x": percent(100 * box.x), "y": y,
                "width": percent(100 * box.width), "height": String(FlamegraphSVG.rowHeight - 1), "role": "treeitem",
                "tabindex": isRoot ? "0" : "-1", "aria-level": String(box.frame.depth + 1), "aria-label": text.spoken,
                "data-other": colours.otherClass(of: box.frame, in: panel) ?? "",
                "data-link": address ?? "",
            ]
        ) { frame in
            frame.element("title", [:], text.tooltip)
            frame.element("rect", ["width": "100%", "height": "100%"])
            // Half a per cent of a wide window is seven pixels: no room for a letter.
            if box.width >= 0.006 { frame.element("text", ["x": "4", "y": "14"], text.label) }
        }
        writer.newline()
    }

    private func percent(_ value: Double) -> String { NumberText.significant(value, digits: 6) + "%" }
}
