import Analysis
import Baselines
import Hummingbird
import Reporting

/// `/trends`: every test over its runs, how editions differ, and where retries were needed.
struct TrendPages: StudioPages {
    private static let most = 24

    let frame: StudioFrame
    private let book = TrendBook()

    init(frame: StudioFrame) {
        self.frame = frame
    }

    func add(to router: Router<WebContext>) {
        router.get("trends") { request, context in
            try await frame.answer("Trends", in: .trends, try await content(), to: request, for: context)
        }
    }

    private func content() async throws -> String {
        let histories = try await frame.state.store.histories(limit: 60)
        let retries = try await frame.state.store.retries()
        let map = RetryMap(retries)
        let deltas = EditionDeltas(histories)
        return try TrendPages.template.render([
            "tests": histories.prefix(TrendPages.most).map { test($0) },
            "hasTests": !histories.isEmpty,
            "more": histories.count > TrendPages.most
                ? "\(histories.count - TrendPages.most) more tests: plimsoll trend shows them." : false,
            "editions": deltas.editions.map { Words.clean($0, limit: 60) },
            "deltas": deltas.rows,
            "hasDeltas": !deltas.rows.isEmpty,
            "strategies": map.strategies,
            "retries": map.rows,
            "hasRetries": !map.rows.isEmpty,
            "empty": try StudioFrame.empty(
                "No history yet",
                "Run the same project several times against the same store; from 12 runs on steps and drifts are told apart from noise.",
                command: "plimsoll run --store \(Words.clean(frame.state.store.path))"
            ),
        ])
    }

    private func test(_ history: RunHistory) -> [String: Any] {
        let trend = book.trend(of: history)
        let newest = history.entries.last
        let steps = trend.steps.suffix(3).map { step in
            "a step at run \(step.index + 1): \(Quantity.milliseconds(step.before)) → \(Quantity.milliseconds(step.after)), confidence \(Quantity.confidence(step.confidence))"
        }
        return [
            "name": Words.clean(history.endpoint, limit: 120),
            "of": Words.clean("\(history.moduleID) · \(history.editionID) · \(history.testType)", limit: 160),
            "chart": HistoryChart(history, trend: trend).svg(),
            "p95": newest.map { Quantity.milliseconds($0.p95Milliseconds) } ?? "–",
            "score": newest.map { Words.score($0.score) } ?? "–",
            "runs": Words.counted(history.entries.count, "run"),
            "status": newest.map { Words.clean($0.status, limit: 20) } ?? "none",
            "runID": newest.map { Words.path($0.runID) } ?? false,
            "steps": steps,
            "hasSteps": !steps.isEmpty,
            "short": trend.tooShort.map { Words.clean($0, limit: 160) } ?? false,
        ]
    }

    private static let template = StudioTemplate(
        #"""
        <h1>Trends</h1>
        {{^hasTests}}{{{empty}}}{{/hasTests}}
        {{#hasDeltas}}
        <section class="card"><h2>Editions against each other</h2><p class="small dim">Newest p95 of each edition; the change is against the edition on the left.</p><div class="scroll"><table>
        <thead><tr><th>test</th>{{#editions}}<th class="num">{{.}}</th>{{/editions}}</tr></thead><tbody>
        {{#deltas}}<tr><td>{{test}}</td>{{#cells}}<td class="num">{{p95}}{{#change}} <span class="{{tone}}">{{change}}</span>{{/change}}</td>{{/cells}}</tr>{{/deltas}}
        </tbody></table></div></section>
        {{/hasDeltas}}
        {{#hasRetries}}
        <section class="card"><h2>Where retries were needed</h2><p class="small dim">Repetitions among the newest 200 runs: how many, and how many of them recovered the test.</p><div class="scroll"><table class="heat">
        <thead><tr><th>test</th>{{#strategies}}<th>{{.}}</th>{{/strategies}}</tr></thead><tbody>
        {{#retries}}<tr><th>{{test}}</th>{{#cells}}<td><span class="cell h{{heat}}">{{text}}</span></td>{{/cells}}</tr>{{/retries}}
        </tbody></table></div></section>
        {{/hasRetries}}
        {{#hasTests}}
        <p class="filter" hidden><label for="words">Filter (press /)</label><input id="words" type="search" data-filters=".trend" size="32"></p>
        <div class="pair">
        {{#tests}}<section class="card trend"><h3>{{name}}</h3><p class="small dim">{{of}}</p>{{{chart}}}
        <p class="small {{status}}">p95 {{p95}} · score {{score}} · <span class="badge">{{status}}</span> · {{#runID}}<a href="/runs/{{runID}}">{{runs}}</a>{{/runID}}</p>
        {{#hasSteps}}<ul class="list small">{{#steps}}<li>{{.}}</li>{{/steps}}</ul>{{/hasSteps}}{{#short}}<p class="small dim">{{short}}</p>{{/short}}</section>
        {{/tests}}
        </div>{{#more}}<p class="dim">{{more}}</p>{{/more}}
        {{/hasTests}}
        """#
    )
}
