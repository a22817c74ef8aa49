import Baselines
import Correlation
import Hummingbird
import Reporting
import Telemetry

/// `/services`: what the windows show of every operation, with a flamegraph of the same stretch.
struct ServicePages: StudioPages {
    private static let most = 300

    let frame: StudioFrame

    func add(to router: Router<WebContext>) {
        router.get("services") { request, context in
            try await frame.answer("Services", in: .services, try await content(request), to: request, for: context)
        }
    }

    private func content(_ request: Request) async throws -> String {
        let query = Query(request)
        let now = frame.state.now()
        let minutes = query.text("minutes").flatMap { UInt64($0) }.map { min(max(1, $0), 1_440) } ?? 60
        let length = minutes * 60_000_000_000
        let range =
            query.text("from") == nil
            ? WindowRange((now > length ? now - length : 0)..<now) : try WindowRange(request, now: now)
        let summary = try await range.summary(of: frame.state.store)
        let wanted = query.text("service")
        let rows = summary.operations.rows.filter { wanted == nil || $0.service == wanted }
        let shown = rows.sorted { ($0.p95Milliseconds * Double($0.spans)) > ($1.p95Milliseconds * Double($1.spans)) }
        let flamegraph = try await flamegraph(of: summary.profile, request)
        return try ServicePages.template.render([
            "lengths": [15, 60, 360, 1_440].map { length in
                [
                    "minutes": "\(length)", "title": length < 60 ? "\(length) min" : "\(length / 60) h",
                    "isHere": query.text("from") == nil && length == Int(minutes),
                ] as [String: Any]
            },
            "range": "\(Timestamp.readable(range.range.lowerBound)) – \(Timestamp.readable(range.range.upperBound))",
            "summary": "\(Quantity.count(summary.traces)) traces, "
                + "\(Quantity.count(summary.spans)) spans in \(Words.counted(summary.windows, "minute"))",
            "losses": summary.doubts.isEmpty ? false : summary.doubts.joined(separator: " "),
            "rows": shown.prefix(ServicePages.most).map { row($0, minutes: summary.windows) },
            "hasRows": !rows.isEmpty,
            "flamegraph": flamegraph ?? false,
            "file": file(of: range.range, query),
            "isDiff": query.text("beforeFrom") != nil,
            "more": rows.count > ServicePages.most ? "\(rows.count - ServicePages.most) more operations." : false,
            "empty": try StudioFrame.empty(
                "No window in this stretch",
                "A window is stored a minute after it ends. Send OTLP spans to this service, or look at a longer stretch:",
                command: "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318"
            ),
        ])
    }

    /// The same as a file, which needs no script.
    private func file(of range: Range<UInt64>, _ query: Query) -> String {
        let before = ["beforeFrom", "beforeTo"].compactMap { name in
            query.text(name).map { "&\(name)=\(Query.escape($0))" }
        }
        return "/api/v1/flamegraph.svg?from=\(range.lowerBound)&to=\(range.upperBound)" + before.joined()
    }

    private func flamegraph(of profile: StackProfile, _ request: Request) async throws -> String? {
        guard !profile.isEmpty else { return nil }
        var before: StackProfile?
        if Query(request).text("beforeFrom") != nil {
            let range = try WindowRange(request, now: frame.state.now(), from: "beforeFrom", to: "beforeTo")
            before = try await WindowFlamegraph(state: frame.state).profile(of: range).profile
        }
        return FlamegraphDocument(profile, before: before, named: "Critical paths").inline()
    }

    private func row(_ row: OperationRows.Row, minutes: Int) -> [String: Any] {
        [
            "service": Words.clean(row.service, limit: 80),
            "operation": Words.clean(row.operation, limit: 160),
            "versions": row.versions.isEmpty ? false : Words.clean(row.versions.joined(separator: ", "), limit: 80),
            "spans": Quantity.count(row.spans),
            "rate": ServicePages.rate(Double(row.spans) / Double(max(1, minutes))),
            "errors": Quantity.percent(row.errorRate),
            "hasErrors": row.errors > 0,
            "p50": Quantity.milliseconds(row.p50Milliseconds),
            "p95": Quantity.milliseconds(row.p95Milliseconds),
            "p99": Quantity.milliseconds(row.p99Milliseconds),
            "isEntry": row.isEntry,
            "traces": "/traces?service=\(Query.escape(row.service))&operation=\(Query.escape(row.operation))",
        ]
    }

    private static func rate(_ value: Double) -> String {
        value < 100 ? NumberText.significant(value, digits: 2) : Quantity.count(Int(value.rounded()))
    }

    private static let template = StudioTemplate(
        #"""
        <h1>Services</h1>
        <p>{{#lengths}}<a class="button" href="/services?minutes={{minutes}}"{{#isHere}} aria-current="true"{{/isHere}}>{{title}}</a> {{/lengths}}
        {{#flamegraph}}<button class="main" data-opens="flame" hidden>Flamegraph</button> <a class="button" href="{{file}}">Flamegraph as SVG</a>{{/flamegraph}}</p>
        <p class="small dim">{{range}} · {{summary}}</p>
        {{#losses}}<p class="doubt">{{losses}}</p>{{/losses}}
        {{#hasRows}}
        <p class="filter" hidden><label for="words">Filter (press /)</label><input id="words" type="search" data-filters="#operations tbody tr" size="32"></p>
        <section class="card"><table id="operations" class="stack"><thead><tr><th>service</th><th>operation</th><th class="num">spans</th><th class="num">a minute</th><th class="num">errors</th><th class="num">p50</th><th class="num">p95</th><th class="num">p99</th></tr></thead><tbody>
        {{#rows}}<tr><td>{{service}}{{#versions}}<br><span class="small dim">{{versions}}</span>{{/versions}}</td><td class="op whole"><a href="{{traces}}">{{operation}}</a>{{#isEntry}} <span class="small dim">entry</span>{{/isEntry}}</td><td class="num" data-label="spans">{{spans}}</td><td class="num" data-label="a minute">{{rate}}</td><td class="num{{#hasErrors}} missed{{/hasErrors}}" data-label="errors">{{errors}}</td><td class="num" data-label="p50">{{p50}}</td><td class="num" data-label="p95">{{p95}}</td><td class="num" data-label="p99">{{p99}}</td></tr>
        {{/rows}}</tbody></table>{{#more}}<p class="dim">{{more}}</p>{{/more}}</section>
        {{/hasRows}}
        {{^hasRows}}{{{empty}}}{{/hasRows}}
        {{#flamegraph}}
        <dialog id="flame" aria-label="Flamegraph"><form method="dialog"><button class="close">Close</button></form><h2>Critical paths{{#isDiff}}, after against before{{/isDiff}}</h2>{{{flamegraph}}}</dialog>
        {{/flamegraph}}
        """#
    )
}
