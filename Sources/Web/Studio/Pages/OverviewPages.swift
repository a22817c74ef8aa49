import Analysis
import Baselines
import Hummingbird
import Reporting
import Runs

/// `/`: how every module's editions stand, what runs, and what the newest deploys were found to be.
struct OverviewPages: StudioPages {
    let frame: StudioFrame

    func add(to router: Router<WebContext>) {
        router.get("/") { request, context in
            try frame.answer("Overview", in: .overview, try await content(), to: request, for: context)
        }
    }

    private func content() async throws -> String {
        let now = frame.state.now()
        let tiles = try await frame.state.store.tiles()
        let overrides = try await overrides()
        let running = (frame.state.queue?.runs ?? []).filter { !$0.state.isOver }
        let deploys = try await frame.state.store.deploys(limit: 3)
        let checks = try await frame.state.store.checks(limit: 50)
        let empty = try StudioFrame.empty(
            "No run is stored yet",
            "Runs of this store show here, a tile for each module and edition. Start one where the project lies:",
            command: "plimsoll init --from api.yaml\nplimsoll run --store \(Words.clean(frame.state.store.path))"
        )
        return try OverviewPages.template.render([
            "tiles": tiles.map { tile($0, override: overrides[$0.run.id], now: now) },
            "hasTiles": !tiles.isEmpty,
            "empty": empty,
            "running": running.map { QueuePages.row($0, now: now) },
            "hasRunning": !running.isEmpty,
            "deploys": deploys.map { DeployPages.row($0, checks: checks, now: now) },
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
        {{#hasRunning}}
        <section class="card"><h2>Running</h2><div class="scroll"><table>
        {{#running}}<tr class="{{state}}"><td><a href="/queue/{{id}}">{{project}}</a></td><td><span class="badge">{{state}}</span></td><td>{{progress}}</td></tr>{{/running}}
        </table></div></section>
        {{/hasRunning}}
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
