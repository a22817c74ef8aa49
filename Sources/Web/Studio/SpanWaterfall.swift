import Reporting
import Telemetry

/// A trace as bars on its own time, coloured by service; each span opens to its attributes.
struct SpanWaterfall {
    /// More rows than this are counted, not shown.
    private static let most = 600
    private static let attributesShown = 60
    /// As many as the palette of flamegraphs has.
    private static let colours = 8

    private struct Row {
        var span: SpanDocument
        var depth: Int
    }

    private let trace: TraceDocument
    private let rows: [Row]
    /// In order; a service's colour is its place.
    private let services: [String]
    /// By span id: how long it runs while none of those it called does, nanoseconds.
    private let own: [String: UInt64]

    init(_ trace: TraceDocument) {
        self.trace = trace
        rows = SpanWaterfall.rows(of: trace)
        services = Set(trace.spans.map(\.service)).sorted()
        own = SpanWaterfall.ownTimes(of: trace)
    }

    /// Callers before those they call, brothers in order of start; a span whose caller is missing stands on its own.
    private static func rows(of trace: TraceDocument) -> [Row] {
        var children: [String: [Int]] = [:]
        let places = Dictionary(trace.spans.enumerated().map { ($1.spanID, $0) }) { first, _ in first }
        var roots: [Int] = []
        for (index, span) in trace.spans.enumerated() {
            if let parent = span.parentID, let place = places[parent], place != index {
                children[parent, default: []].append(index)
            } else {
                roots.append(index)
            }
        }
        var rows: [Row] = []
        var isSeen = Set<Int>()
        func walk(from start: Int) {
            var stack = [(start, 0)]
            while let (index, depth) = stack.popLast() {
                guard isSeen.insert(index).inserted else { continue }
                rows.append(Row(span: trace.spans[index], depth: depth))
                for child in (children[trace.spans[index].spanID] ?? []).reversed() { stack.append((child, depth + 1)) }
            }
        }
        for root in roots { walk(from: root) }
        // A circle of callers has no root.
        for index in trace.spans.indices where !isSeen.contains(index) { walk(from: index) }
        return rows
    }

    private static func ownTimes(of trace: TraceDocument) -> [String: UInt64] {
        let called = Dictionary(grouping: trace.spans.filter { $0.parentID != nil }) { $0.parentID ?? "" }
        var times: [String: UInt64] = [:]
        for span in trace.spans {
            var covered: UInt64 = 0
            var reached = span.start
            for child in (called[span.spanID] ?? []).sorted(by: { $0.start < $1.start }) {
                let start = max(reached, min(child.start, span.end))
                let end = min(child.end, span.end)
                if end > start { covered += end - start }
                reached = max(reached, end)
            }
            times[span.spanID] = max(span.end, span.start) - span.start - covered
        }
        return times
    }

    func html() throws -> String {
        let range = trace.range
        let root = trace.root
        let hidden = trace.omittedSpans + max(0, rows.count - SpanWaterfall.most)
        return try SpanWaterfall.template.render([
            "id": trace.traceID.hex,
            "name": Words.clean(root.map { "\($0.service): \($0.name)" } ?? "Trace", limit: 160),
            "duration": Quantity.milliseconds(nanoseconds: range.upperBound - range.lowerBound),
            "began": Timestamp.readable(range.lowerBound),
            "count": Quantity.count(trace.spans.count + trace.omittedSpans),
            "services": services.prefix(40).enumerated().map { index, name in
                [
                    "name": Words.clean(name, limit: 80), "colour": "s\(index % SpanWaterfall.colours)",
                    "spans": Words.counted(trace.spans.count { $0.service == name }, "span"),
                ]
            },
            "axis": axis(range),
            "errors": Quantity.count(trace.spans.count { $0.errorType != nil }),
            "rows": rows.prefix(SpanWaterfall.most).map { row($0, range) },
            "hidden": hidden > 0 ? "\(Quantity.count(hidden)) more spans are not shown." : false,
        ])
    }

    private func row(_ row: Row, _ range: Range<UInt64>) -> [String: Any] {
        let span = row.span
        let attributes = span.attributes.sorted { $0.key < $1.key }.prefix(SpanWaterfall.attributesShown)
        return [
            "depth": "\(min(row.depth, 16))",
            "service": Words.clean(span.service, limit: 80),
            "name": Words.clean(span.name, limit: 200),
            "bar": bar(span, range),
            "error": span.errorType.map { Words.clean($0, limit: 160) } ?? false,
            "duration": Quantity.milliseconds(nanoseconds: span.end - span.start),
            "own": Quantity.milliseconds(nanoseconds: own[span.spanID] ?? 0),
            "offset": Quantity.milliseconds(nanoseconds: span.start - min(span.start, range.lowerBound)),
            "kind": "\(span.kind)",
            "spanID": Words.clean(span.spanID, limit: 32),
            "attributes": attributes.map {
                ["key": Words.clean($0.key, limit: 120), "value": Words.clean($0.value, limit: 1_000)]
            },
        ]
    }

    private func bar(_ span: SpanDocument, _ range: Range<UInt64>) -> String {
        let length = Double(max(1, range.upperBound - range.lowerBound))
        let start = Double(span.start - min(span.start, range.lowerBound)) / length
        let share = Double(span.end - span.start) / length
        var writer = MarkupWriter()
        writer.start("svg", ["aria-hidden": "true"])
        writer.element("rect", ["class": "rail", "width": "100%", "y": "2", "height": "12"])
        writer.element(
            "rect",
            [
                "class": "s\((services.firstIndex(of: span.service) ?? 0) % SpanWaterfall.colours)",
                "x": ChartScale.percent(start), "y": "2",
                // A bar that is there must be seen, however short.
                "width": ChartScale.percent(max(0.002, share)), "height": "12",
            ]
        )
        if span.errorType != nil {
            // Beside its colour, which is the service's.
            writer.element(
                "rect",
                [
                    "class": "failed", "x": ChartScale.percent(start), "y": "11",
                    "width": ChartScale.percent(max(0.002, share)), "height": "3",
                ]
            )
        }
        writer.end()
        return writer.text
    }

    /// Four equal parts of the trace's time, named.
    private func axis(_ range: Range<UInt64>) -> String {
        let length = range.upperBound - range.lowerBound
        var writer = MarkupWriter()
        writer.start("svg", ["aria-hidden": "true"])
        for quarter in 0...4 {
            let anchor = quarter == 0 ? "start" : quarter == 4 ? "end" : "middle"
            writer.element(
                "text",
                ["x": "\(quarter * 25)%", "y": "12", "text-anchor": anchor],
                quarter == 0 ? "0" : Quantity.milliseconds(nanoseconds: length / 4 * UInt64(quarter))
            )
        }
        writer.end()
        return writer.text
    }

    private static let template = StudioTemplate(
        #"""
        <header class="card"><h1>{{name}}</h1>
        <dl class="facts"><div><dt>duration</dt><dd>{{duration}}</dd></div><div><dt>spans</dt><dd>{{count}}</dd></div><div><dt>errors</dt><dd>{{errors}}</dd></div><div><dt>began</dt><dd>{{began}}</dd></div><div><dt>trace</dt><dd><code>{{id}}</code></dd></div></dl></header>
        <p class="filter" hidden><label for="words">Filter (press /)</label><input id="words" type="search" data-filters=".waterfall details" size="32"></p>
        <section class="card waterfall">
        <p class="legend">{{#services}}<span><svg width="12" height="12" aria-hidden="true"><rect class="{{colour}}" width="12" height="12"/></svg> {{name}} <span class="dim">{{spans}}</span></span> {{/services}}</p>
        <div class="spanrow axis"><span></span>{{{axis}}}<span></span></div>
        {{#rows}}<details class="span"><summary class="spanrow"><span class="spanname in{{depth}}"><span class="service">{{service}}</span> {{name}}{{#error}} <span class="missed">{{error}}</span>{{/error}}</span>{{{bar}}}<span class="time">{{duration}}</span></summary>
        <dl><dt>takes</dt><dd>{{duration}}, {{own}} of it in itself; begins after {{offset}}</dd><dt>kind</dt><dd>{{kind}}</dd><dt>span</dt><dd><code>{{spanID}}</code></dd>{{#attributes}}<dt>{{key}}</dt><dd>{{value}}</dd>{{/attributes}}</dl></details>
        {{/rows}}
        {{#hidden}}<p class="dim">{{hidden}}</p>{{/hidden}}
        </section>
        <p class="small"><a href="/api/v1/traces/{{id}}">The same as JSON</a></p>
        """#
    )
}
