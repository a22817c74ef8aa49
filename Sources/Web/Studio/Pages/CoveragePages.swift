import Analysis
import Baselines
import Correlation
import Hummingbird
import Reporting
import Telemetry

/// `/coverage`: which endpoints are tested and how, and which the live traffic has that no test touches.
struct CoveragePages: StudioPages {
    private static let day: UInt64 = 86_400_000_000_000

    let frame: StudioFrame

    func add(to router: Router<WebContext>) {
        router.get("coverage") { request, context in
            try await frame.answer("Coverage", in: .coverage, try await content(), to: request, for: context)
        }
    }

    private func content() async throws -> String {
        let histories = try await frame.state.store.histories(limit: 1)
        let types = Set(histories.map(\.testType)).sorted()
        let modules = Dictionary(grouping: histories, by: \.moduleID)
        let now = frame.state.now()
        // An hour says which endpoints live traffic has; a day of windows would be read for a list of names.
        var live = OperationRows()
        let start = now > CoveragePages.day / 24 ? now - CoveragePages.day / 24 : 0
        // A damaged minute of sixty hides no endpoint that matters.
        try await frame.state.store.forEachWindow(in: start..<now, onDamage: { _ in }) { live.add($0) }
        let untested = untested(live.rows, histories)
        return try CoveragePages.template.render([
            "types": types,
            "modules": modules.sorted { $0.key < $1.key }.map { module, tests in
                [
                    "module": Words.clean(module, limit: 80),
                    "rows": Dictionary(grouping: tests, by: \.endpoint).sorted { $0.key < $1.key }.map {
                        endpoint,
                        own in
                        [
                            "endpoint": Words.clean(endpoint, limit: 160),
                            "cells": types.map { type in cell(own.filter { $0.testType == type }) },
                        ] as [String: Any]
                    },
                ] as [String: Any]
            },
            "hasModules": !modules.isEmpty,
            "untested": untested.prefix(100).map { ["name": $0.name, "spans": Quantity.count($0.spans)] },
            "hasUntested": !untested.isEmpty,
            "empty": try StudioFrame.empty(
                "Nothing is tested yet",
                "Endpoints show here with the kinds of test they have had. A project can be made of an OpenAPI file:",
                command: "plimsoll init --from api.yaml"
            ),
        ])
    }

    private func cell(_ tests: [RunHistory]) -> [String: Any] {
        let newest = tests.compactMap { test in test.entries.last.map { (test, $0) } }
        guard let worst = newest.min(by: { $0.1.score < $1.1.score }) else {
            return ["status": "none", "text": "–", "id": false]
        }
        return [
            "status": Words.clean(worst.1.status, limit: 20),
            "text": newest.count > 1
                ? "\(Words.score(worst.1.score)), least of \(newest.count)" : Words.score(worst.1.score),
            "id": Words.path(worst.1.runID),
        ]
    }

    /// Entries of live traffic whose name is no tested endpoint's, most frequent first.
    private func untested(_ live: [OperationRows.Row], _ histories: [RunHistory]) -> [(name: String, spans: Int)] {
        let tested = Set(histories.map { CoveragePages.shape($0.endpoint) })
        return live.filter {
            $0.isEntry && !tested.contains(CoveragePages.shape($0.operation))
        }
        .sorted { $0.spans > $1.spans }
        .map { (Words.clean("\($0.service): \($0.operation)", limit: 160), $0.spans) }
    }

    /// `GET /orders/{id}` and `GET /orders/:id` are the same endpoint.
    private static func shape(_ name: String) -> [String] {
        let text = name.contains(" ") ? name : "GET " + name
        return text.prefix { $0 != "?" }.split { $0 == "/" || $0 == " " }
            .map { $0.hasPrefix("{") || $0.hasPrefix(":") || $0.hasPrefix("<") ? "*" : String($0) }
    }

    private static let template = StudioTemplate(
        #"""
        <h1>Coverage</h1>
        {{^hasModules}}{{{empty}}}{{/hasModules}}
        {{#modules}}
        <section class="card"><h2>{{module}}</h2><div class="scroll"><table><thead><tr><th>endpoint</th>{{#types}}<th>{{.}}</th>{{/types}}</tr></thead><tbody>
        {{#rows}}<tr><td class="op">{{endpoint}}</td>{{#cells}}<td class="{{status}}">{{#id}}<a href="/runs/{{id}}"><span class="badge">{{text}}</span></a>{{/id}}{{^id}}<span class="dim">–</span>{{/id}}</td>{{/cells}}</tr>{{/rows}}
        </tbody></table></div></section>
        {{/modules}}
        {{#hasUntested}}
        <section class="card"><h2>In live traffic, in no test</h2><p class="small dim">Entries of the last hour.</p><div class="scroll"><table><tr><th>operation</th><th class="num">spans</th></tr>
        {{#untested}}<tr><td>{{name}}</td><td class="num">{{spans}}</td></tr>{{/untested}}</table></div></section>
        {{/hasUntested}}
        """#
    )
}
