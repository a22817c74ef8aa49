import Analysis
import Correlation
import Telemetry

/// One trace as bars on its own time: callers above those they call, repeated siblings folded into one row.
///
/// Positions are percentages, so two of them beside each other compare when they share `scale`.
struct TraceWaterfall {
    /// One row: a span, or a run of alike siblings.
    struct Row {
        var label: String
        var depth: Int
        /// Nanoseconds.
        var start: UInt64
        var end: UInt64
        var critical: UInt64
        /// Of each span that the row stands for.
        var parts: [(start: UInt64, duration: UInt64)]
        var isError: Bool
        var statement: String?
    }

    private static let maximumRows = 36
    /// From so many on alike siblings share a row.
    private static let foldedFrom = 4
    private static let rowHeight = 34

    let rows: [Row]
    /// Rows that there was no place for.
    let omitted: Int
    let trace: ExemplarTrace
    /// Nanoseconds that the full width stands for.
    private let scale: UInt64

    /// `nil` for a trace of which nothing can be drawn.
    init?(_ trace: ExemplarTrace, scale: UInt64) {
        let all = TraceWaterfall.rows(of: trace)
        guard !all.isEmpty, scale > 0 else { return nil }
        rows = Array(all.prefix(TraceWaterfall.maximumRows))
        omitted = all.count - rows.count + trace.omittedSpans
        self.trace = trace
        self.scale = scale
    }

    /// The trace that speaks for a test, and the one that speaks for its baseline.
    static func pair(of test: TestReport) -> (now: TraceWaterfall?, before: TraceWaterfall?) {
        let now = test.exemplar ?? test.profile.exemplar
        let before = test.comparison?.baselineProfile.exemplar
        let scale = max(end(of: now), end(of: before))
        return (
            now.flatMap { TraceWaterfall($0, scale: scale) }, before.flatMap { TraceWaterfall($0, scale: scale) }
        )
    }

    private static func end(of trace: ExemplarTrace?) -> UInt64 {
        guard let trace else { return 0 }
        return trace.spans.reduce(trace.duration) { max($0, min($1.start &+ $1.duration, 4 * trace.duration)) }
    }

    // Preorder; an alike sibling joins the row that was opened for the first of them, children and all.
    private static func rows(of trace: ExemplarTrace) -> [Row] {
        var counts: [Sibling: Int] = [:]
        for span in trace.spans { counts[Sibling(span), default: 0] += 1 }
        var rows: [Row] = []
        var rowOfSibling: [Sibling: Int] = [:]
        var depths: [Int] = []
        var isHidden: [Bool] = []
        for span in trace.spans {
            let depth = span.parent.flatMap { depths.indices.contains($0) ? depths[$0] + 1 : nil } ?? 0
            depths.append(depth)
            let sibling = Sibling(span)
            if span.parent.map({ isHidden.indices.contains($0) && isHidden[$0] }) ?? false {
                isHidden.append(true)
                continue
            }
            if counts[sibling, default: 0] >= foldedFrom, let row = rowOfSibling[sibling] {
                rows[row].end = max(rows[row].end, span.start &+ span.duration)
                rows[row].critical &+= span.critical
                rows[row].parts.append((span.start, span.duration))
                rows[row].isError = rows[row].isError || span.isError
                isHidden.append(true)
                continue
            }
            rowOfSibling[sibling] = rows.count
            isHidden.append(false)
            rows.append(
                Row(
                    label: PlainText.clean("\(span.service): \(span.name)", limit: 120),
                    depth: depth,
                    start: span.start,
                    end: span.start &+ span.duration,
                    critical: span.critical,
                    parts: [(span.start, span.duration)],
                    isError: span.isError,
                    statement: span.statement.map { PlainText.clean($0, limit: 240) }
                )
            )
        }
        return rows
    }

    private struct Sibling: Hashable {
        var parent: Int?
        var service: String
        var name: String
        var statement: String?

        init(_ span: ExemplarTrace.Span) {
            parent = span.parent
            service = span.service
            name = span.name
            statement = span.statement
        }
    }

    var summary: String {
        "trace \(trace.traceID.hex), \(Quantity.milliseconds(nanoseconds: trace.duration)), "
            + "\(Quantity.count(trace.spans.count + trace.omittedSpans)) spans"
    }

    func svg() -> String {
        let height = rows.count * TraceWaterfall.rowHeight + 20
        var writer = MarkupWriter()
        writer.start(
            "svg",
            [
                "class": "chart spans", "width": "100%", "height": String(height), "role": "img",
                "aria-label": "Waterfall of \(summary)",
            ]
        )
        writer.element("title", [:], "Waterfall of \(summary)")
        drawAxis(height: height - 16, into: &writer)
        for (index, row) in rows.enumerated() { draw(row, top: index * TraceWaterfall.rowHeight, into: &writer) }
        writer.end()
        return writer.text
    }

    private func draw(_ row: Row, top: Int, into writer: inout MarkupWriter) {
        let calls = row.parts.count > 1 ? " × \(Quantity.count(row.parts.count))" : ""
        let total = row.parts.reduce(0) { $0 &+ $1.duration }
        let time = Quantity.milliseconds(nanoseconds: total)
        writer.element("g") { group in
            group.element(
                "title",
                [:],
                ([row.label + calls] + [row.statement].compactMap { $0 } + [
                    "\(time), starts after \(Quantity.milliseconds(nanoseconds: row.start))",
                    "\(Quantity.milliseconds(nanoseconds: row.critical)) itself on the critical path",
                ]).joined(separator: "\n")
            )
            let indent = String(min(row.depth, 12) * 8)
            group.element("text", ["x": indent, "y": String(top + 13)], "\(time)  \(row.label)\(calls)")
            let y = String(top + 18)
            group.element("rect", ["class": "rail", "width": "100%", "y": y, "height": "10"])
            let kind = row.isError ? "failed" : row.critical > 0 ? "part" : "whole"
            for part in row.parts.prefix(120) {
                group.element(
                    "rect",
                    [
                        "class": kind, "x": ChartScale.percent(share(part.start)), "y": y,
                        // A bar that is there must be seen, however short.
                        "width": ChartScale.percent(max(0.002, share(part.start &+ part.duration) - share(part.start))),
                        "height": "10",
                    ]
                )
            }
        }
        writer.newline()
    }

    private func drawAxis(height: Int, into writer: inout MarkupWriter) {
        let end = Double(scale) / 1e6
        for tick in [0] + ChartScale(upTo: end).ticks where tick <= 0.96 * end {
            let x = ChartScale.percent(tick / end)
            writer.element("line", ["class": "grid", "x1": x, "x2": x, "y1": "0", "y2": String(height)])
            let anchor = tick == 0 ? "start" : "middle"
            writer.element(
                "text",
                ["class": "tick", "x": x, "y": String(height + 14), "text-anchor": anchor],
                tick == 0 ? "0" : Quantity.milliseconds(tick)
            )
        }
        let end100 = ChartScale.percent(min(1, share(trace.duration)))
        writer.element("line", ["class": "rule baseline", "x1": end100, "x2": end100, "y1": "0", "y2": String(height)])
    }

    private func share(_ nanoseconds: UInt64) -> Double { min(1, Double(nanoseconds) / Double(scale)) }
}
