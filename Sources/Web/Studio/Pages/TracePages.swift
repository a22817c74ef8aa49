import HTTPTypes
import Hummingbird
import Reporting
import Runs
import Telemetry

/// `/traces`: search, and each trace as a waterfall.
struct TracePages: StudioPages {
    let frame: StudioFrame

    func add(to router: Router<WebContext>) {
        router.get("traces") { request, context in
            let query = Query(request)
            if let text = query.text("id"), let id = TraceID(hex: text.trimmed) {
                return frame.done("/traces/\(id.hex)")
            }
            return try await frame.answer(
                "Traces",
                in: .traces,
                try await list(request, query),
                to: request,
                for: context
            )
        }
        router.get("traces/{id}") { request, context in
            let text = try context.parameters.require("id")
            guard let id = TraceID(hex: text) else {
                throw Problem(.badRequest, "a trace id has 32 hex digits; found \(Words.clean(text, limit: 64))")
            }
            guard let trace = try await frame.state.watch.traces.trace(id) else {
                throw Problem(
                    .notFound,
                    "the trace \(id.hex) is unknown or forgotten: kept are the newest ones and the evidence of each minute"
                )
            }
            return try await frame.answer(
                "Trace \(id.hex.prefix(8))",
                in: .traces,
                try SpanWaterfall(trace).html(),
                to: request,
                for: context
            )
        }
    }

    private func list(_ request: Request, _ query: Query) async throws -> String {
        let now = frame.state.now()
        let traces = try await frame.state.watch.traces.traces(matching: try TraceAPI.query(request))
        let services = try await frame.state.watch.traces.services()
        let wanted = query.text("service")
        return try TracePages.template.render([
            "services": services.prefix(500).map {
                ["name": Words.clean($0), "isChosen": $0 == wanted] as [String: Any]
            },
            "operation": Words.clean(query.text("operation") ?? ""),
            "minMs": Words.clean(query.text("minMs") ?? ""),
            "onlyErrors": query.text("errors") != nil,
            "badID": query.text("id").map { Words.clean($0, limit: 64) } ?? false,
            "traces": traces.map { trace in
                let root = trace.root
                let errors = trace.spans.count { $0.errorType != nil }
                return [
                    "id": trace.traceID.hex,
                    "name": Words.clean(root.map { "\($0.service): \($0.name)" } ?? "–", limit: 160),
                    "duration": Quantity.milliseconds(nanoseconds: trace.range.upperBound - trace.range.lowerBound),
                    "spans": Quantity.count(trace.spans.count + trace.omittedSpans),
                    "hasErrors": errors > 0,
                    "errors": errors > 0 ? Quantity.count(errors) : "–",
                    "age": Words.age(trace.range.lowerBound, now: now),
                ]
            },
            "hasTraces": !traces.isEmpty,
            "empty": try StudioFrame.empty(
                "No such trace",
                "The newest traces are held in memory, and typical, slowest and failed ones of each minute are kept. Send OTLP here, or ask for less:",
                command: "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318"
            ),
        ])
    }

    private static let template = StudioTemplate(
        #"""
        <h1>Traces</h1>
        <form class="row card" method="get" action="/traces">
        <label>Service<select name="service"><option value="">any</option>{{#services}}<option{{#isChosen}} selected{{/isChosen}}>{{name}}</option>{{/services}}</select></label>
        <label>Operation<input name="operation" value="{{operation}}" size="22"></label><label>At least ms<input name="minMs" value="{{minMs}}" inputmode="decimal" size="7"></label>
        <label><input type="checkbox" name="errors" value="yes"{{#onlyErrors}} checked{{/onlyErrors}}> with errors</label><button class="main">Search</button>
        <label>or trace id<input name="id" size="34" maxlength="40"></label></form>
        {{#badID}}<p class="missed">{{badID}} is no trace id: it has 32 hex digits.</p>{{/badID}}
        {{#hasTraces}}
        <section class="card"><table class="stack"><thead><tr><th>trace</th><th class="num">duration</th><th class="num">spans</th><th class="num">errors</th><th>began</th></tr></thead><tbody>
        {{#traces}}<tr><td class="op whole"><a href="/traces/{{id}}">{{name}}</a></td><td class="num" data-label="takes">{{duration}}</td><td class="num" data-label="spans">{{spans}}</td><td class="num{{#hasErrors}} missed{{/hasErrors}}" data-label="errors">{{errors}}</td><td>{{age}}</td></tr>{{/traces}}
        </tbody></table></section>
        {{/hasTraces}}
        {{^hasTraces}}{{{empty}}}{{/hasTraces}}
        """#
    )
}

extension String {
    fileprivate var trimmed: String { String(drop { $0.isWhitespace }.prefix { !$0.isWhitespace }) }
}
