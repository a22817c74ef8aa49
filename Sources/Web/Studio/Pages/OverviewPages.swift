import Analysis
import Baselines
import Hummingbird
import Reporting
import Runs

/// `/`: what needs somebody now, which services send, what runs, and how every module's editions stand.
struct OverviewPages: StudioPages {
    let frame: StudioFrame

    func add(to router: Router<WebContext>) {
        router.get("/") { request, context in
            try await frame.answer("Overview", in: .overview, try await content(), to: request, for: context)
        }
    }

    private func content() async throws -> String {
        let now = frame.state.now()
        let store = frame.state.store
        let tiles = try await store.tiles()
        let overrides = try await overrides()
        let running = (frame.state.queue?.runs ?? []).filter { !$0.state.isOver }
        let begun = running.filter { $0.state != .waiting }
        let deploys = try await store.deploys(limit: 100)
        let checks = try await store.listedChecks(limit: 50)
        let range = try await store.windowRange()
        let live = LiveServices(
            try await frame.state.newestWindow(),
            known: try await frame.state.watch.traces.services(),
            deploys: deploys,
            first: range?.lowerBound,
            now: now
        )
        let attention = Attention(
            anomalies: try await frame.state.openAnomalies(),
            checks: checks,
            deploys: deploys,
            waiting: running.filter { $0.state == .waiting },
            now: now
        )
        let empty = try StudioFrame.empty(
            "No run is stored yet",
            "Runs of this store show here, a tile for each module and edition. Start one where the project lies:",
            command: "plimsoll init --from api.yaml\nplimsoll run --store \(Words.clean(frame.state.store.path))"
        )
        return try OverviewPages.template.render([
            "tiles": tiles.map { tile($0, override: overrides[$0.run.id], now: now) },
            "hasTiles": !tiles.isEmpty,
            "empty": empty,
            "running": begun.map { QueuePages.row($0, now: now) },
            "hasRunning": !begun.isEmpty,
            "attention": attention.rows,
            "pressing": attention.tone,
            "needsAttention": !attention.rows.isEmpty,
            "services": live.rows,
            "hasServices": !live.rows.isEmpty,
            "isQuiet": attention.rows.isEmpty && !live.isSilent,
            "isSilent": live.isSilent && !live.rows.isEmpty,
            "deploys": deploys.prefix(3).map { DeployPages.row($0, checks: checks, now: now) },
            "hasDeploys": !deploys.isEmpty,
        ])
    }

    /// The newest verdict that a person put in the place of a run's.
    private func overrides() async throws -> [String: StoredAnnotation] {
        var found: [String: StoredAnnotation] = [:]
        for note in try await frame.state.store.annotations(about: .run, limit: 1_000) where note.status != nil {
            if found[note.subjectID] == nil { found[note.subjectID] = note }
        }
        return found
    }

    private func tile(_ tile: RunTile, override: StoredAnnotation?, now: UInt64) -> [String: Any] {
        let isCertain = tile.decision == "regression" || tile.decision == "improvement"
        let direction = isCertain ? (tile.decision == "regression" ? "up" : "down") : "none"
        return [
            "id": Words.path(tile.run.id),
            "module": Words.clean(tile.run.moduleID, limit: 60),
            "edition": Words.clean(tile.run.editionID, limit: 60),
            "status": override?.status ?? tile.run.status.rawValue,
            "label": override?.status.map { "\($0), set by \(Words.clean(override?.author ?? "", limit: 40))" }
                ?? tile.run.status.rawValue,
            "score": Words.score(tile.run.score),
            "change": tile.change.map { "p95 \(Words.change($0))" } ?? "no baseline",
            "isDoubtful": tile.change != nil && !isCertain,
            "direction": direction,
            "runs": Words.counted(tile.runs, "run"),
            "age": Words.age(tile.run.startedAt, now: now),
            "retries": tile.retries > 0 ? "\(tile.retries) retries" : false,
        ]
    }

    private static let template = StudioTemplate(
        #"""
        <h1>Overview</h1>
        {{#needsAttention}}
        <section class="card banner {{pressing}}"><h2>Needs somebody</h2><ul class="attention">
        {{#attention}}<li class="{{tone}}"><span class="badge">{{kind}}</span> <a href="{{link}}">{{what}}</a> {{text}} <span class="dim">{{age}}</span></li>{{/attention}}
        </ul></section>
        {{/needsAttention}}
        {{#isQuiet}}<p class="pass"><span class="badge">quiet</span> No anomaly lasts, and no check of a newest deploy is anomalous.</p>{{/isQuiet}}
        {{#hasServices}}
        <section class="card"><h2>Live</h2>{{#isSilent}}<p class="doubt">No service has sent anything for minutes.</p>{{/isSilent}}
        <table class="stack"><thead><tr><th>service</th><th>now</th><th>version</th><th>since</th><th class="num">requests</th><th class="num">errors</th><th class="num">p95</th><th class="num">operations</th></tr></thead><tbody>
        {{#services}}<tr><td><a href="{{link}}">{{name}}</a></td><td class="{{state}}"><span class="badge">{{stateText}}</span></td><td data-label="version">{{version}}</td><td data-label="since">{{since}}</td><td class="num" data-label="requests">{{rate}}</td><td class="num{{#hasErrors}} missed{{/hasErrors}}" data-label="errors">{{errors}}</td><td class="num" data-label="p95">{{p95}}</td><td class="num" data-label="operations">{{operations}}</td></tr>
        {{/services}}</tbody></table></section>
        {{/hasServices}}
        {{#hasRunning}}
        <section class="card"><h2>Queue</h2><table class="stack"><tbody>
        {{#running}}<tr class="{{state}}"><td><a href="/queue/{{id}}">{{project}}</a></td><td><span class="badge">{{stateText}}</span></td><td class="whole">{{progress}}</td></tr>{{/running}}
        </tbody></table></section>
        {{/hasRunning}}
        {{#hasTiles}}<h2>Modules</h2>{{/hasTiles}}
        {{#hasTiles}}
        <div class="tiles">
        {{#tiles}}
        <a class="tile {{status}}" href="/runs/{{id}}">
        <div class="name">{{module}}</div><div class="dim">{{edition}}</div>
        <div class="big">{{score}} <small>score</small></div>
        <div class="label">{{label}}</div>
        <div class="{{direction}}">{{change}}{{#isDoubtful}} <span class="dim">(not significant)</span>{{/isDoubtful}}</div>
        <div class="small dim">{{age}} · {{runs}}{{#retries}} · {{retries}}{{/retries}}</div>
        </a>
        {{/tiles}}
        </div>
        {{/hasTiles}}
        {{^hasTiles}}{{{empty}}}{{/hasTiles}}
        {{#hasDeploys}}
        <section class="card"><h2>Newest deploys</h2><ul class="timeline">
        {{#deploys}}<li class="{{verdict}}"><strong>{{service}} {{version}}</strong> <span class="dim">{{age}}</span><br>
        {{#checkID}}<a href="/checks/{{checkID}}">{{verdictText}}</a> {{summary}}{{/checkID}}{{^checkID}}<span class="dim">not checked yet</span>{{/checkID}}</li>{{/deploys}}
        </ul><p><a href="/deploys">All deploys</a></p></section>
        {{/hasDeploys}}
        """#
    )
}
