import HTTPTypes
import Hummingbird
import Reporting
import Runs

/// `/queue`: runs the service was asked for, each live while it goes on.
struct QueuePages: StudioPages {
    let frame: StudioFrame

    func add(to router: Router<WebContext>) {
        router.get("queue") { request, context in
            try await frame.answer("Queue", in: .queue, try list(context), to: request, for: context)
        }
        router.post("queue") { request, context in
            let fields = try await frame.form(request, context)
            var wanted = RunRequest(project: fields["project"] ?? "", author: context.visitor.name)
            wanted.reason = fields["reason"] ?? ""
            wanted.waitsForApproval = fields["approval"] != nil
            return frame.done("/queue/\(try RunDesk(state: frame.state).submit(wanted).id)")
        }
        router.get("queue/{id}") { request, context in
            let id = try context.parameters.require("id")
            guard let run = frame.state.queue?.run(id) else {
                throw Problem(
                    .notFound,
                    "there is no queued run \(Words.clean(id)): after a restart only stored runs are known"
                )
            }
            return try await frame.answer(
                "Run of \(run.project)",
                in: .queue,
                try page(run, context),
                to: request,
                for: context
            )
        }
        router.post("queue/{id}/{action}") { request, context in
            let id = try context.parameters.require("id")
            _ = try await frame.form(request, context)
            guard let queue = frame.state.queue else { throw Problem(.notFound, "this service runs no projects") }
            do {
                switch try context.parameters.require("action") {
                case "approve": _ = try queue.approve(id, by: context.visitor.name)
                case "reject": _ = try queue.reject(id, by: context.visitor.name)
                case "cancel": _ = try queue.cancel(id)
                default: throw Problem(.notFound, "a run can be approved, rejected or cancelled")
                }
            } catch let error as RunQueueError {
                throw Problem(error)
            }
            return frame.done("/queue/\(Words.path(id))")
        }
    }

    static func row(_ run: QueuedRun, now: UInt64) -> [String: Any] {
        [
            "id": Words.path(run.id),
            "project": Words.clean(run.project, limit: 100),
            "target": Words.clean(run.target, limit: 100),
            "state": run.state == .failed ? "failed-run" : run.state.rawValue,
            "stateText": run.state.rawValue,
            "progress": Words.clean(run.progress, limit: 300),
            "author": Words.clean(run.author, limit: 60),
            "reason": run.reason.isEmpty ? false : Words.clean(run.reason, limit: 400),
            "age": Words.age(run.requestedAt, now: now),
        ]
    }

    private func list(_ context: WebContext) throws -> String {
        let runs = frame.state.queue?.runs ?? []
        let projects = frame.state.queue?.projects ?? []
        let now = frame.state.now()
        return try QueuePages.listTemplate.render([
            "runs": runs.map { QueuePages.row($0, now: now) },
            "hasRuns": !runs.isEmpty,
            "projects": projects.map { Words.clean($0) },
            "mayStart": context.visitor.mayWrite && !projects.isEmpty,
            "form": context.visitor.formToken,
            "empty": frame.state.queue?.isAllowed == true
                ? try StudioFrame.empty(
                    "Nothing was asked for",
                    "Runs that are started from here or over the API are listed here, one at a time for each target."
                )
                : try StudioFrame.empty(
                    "This service runs no projects",
                    "Name the folder below which the projects lie that may be run from here:",
                    command: "plimsoll serve --projects DIR"
                ),
        ])
    }

    private func page(_ run: QueuedRun, _ context: WebContext) throws -> String {
        var values = QueuePages.row(run, now: frame.state.now())
        values["form"] = context.visitor.formToken
        values["isOver"] = run.state.isOver
        values["mayDecide"] = context.visitor.mayWrite && run.state == .waiting
        values["mayCancel"] = context.visitor.mayWrite && !run.state.isOver
        values["approvedBy"] = run.approvedBy.map { Words.clean($0, limit: 60) } ?? false
        values["retryOf"] = run.retryOf.map { Words.path($0) } ?? false
        values["runIDs"] = run.runIDs.map { Words.path($0) }
        values["hasRuns"] = !run.runIDs.isEmpty
        return try QueuePages.pageTemplate.render(values)
    }

    private static let listTemplate = StudioTemplate(
        #"""
        <h1>Queue</h1>
        {{#mayStart}}
        <form class="row card" method="post" action="/queue"><input type="hidden" name="form" value="{{form}}">
        <label>Project<select name="project">{{#projects}}<option>{{.}}</option>{{/projects}}</select></label>
        <label>Why<input name="reason" size="28"></label><label><input type="checkbox" name="approval" value="yes"> wait for an approval</label>
        <button class="main">Run</button></form>
        {{/mayStart}}
        {{#hasRuns}}
        <section class="card"><table class="stack"><thead><tr><th>project</th><th>state</th><th>progress</th><th>target</th><th>asked by</th></tr></thead><tbody>
        {{#runs}}<tr><td><a href="/queue/{{id}}">{{project}}</a></td><td class="{{state}}"><span class="badge">{{stateText}}</span></td><td class="whole">{{progress}}{{#reason}}<br><span class="small dim">{{reason}}</span>{{/reason}}</td><td>{{target}}</td><td data-label="by">{{author}} <span class="dim">{{age}}</span></td></tr>
        {{/runs}}</tbody></table></section>
        {{/hasRuns}}
        {{^hasRuns}}{{{empty}}}{{/hasRuns}}
        """#
    )

    private static let pageTemplate = StudioTemplate(
        #"""
        <header class="card banner {{state}}"{{^isOver}} data-events="/api/v1/queue/{{id}}/events"{{/isOver}}>
        <h1><span class="word">{{stateText}}</span> {{project}}</h1>
        <p class="why" data-live="state" aria-live="polite">{{progress}}</p>
        {{^isOver}}<progress max="1" value="0" hidden></progress><ul class="list small" data-live="log"></ul>
        <noscript><p><a class="button" href="/queue/{{id}}">Look again</a></p></noscript>{{/isOver}}
        <dl class="facts"><div><dt>target</dt><dd>{{target}}</dd></div><div><dt>asked by</dt><dd>{{author}}, {{age}}</dd></div>
        {{#approvedBy}}<div><dt>approved by</dt><dd>{{approvedBy}}</dd></div>{{/approvedBy}}
        {{#retryOf}}<div><dt>repeats</dt><dd><a href="/runs/{{retryOf}}">{{retryOf}}</a></dd></div>{{/retryOf}}
        {{#reason}}<div><dt>why</dt><dd>{{reason}}</dd></div>{{/reason}}</dl>
        </header>
        <div class="actions">{{#mayDecide}}<form method="post" action="/queue/{{id}}/approve"><input type="hidden" name="form" value="{{form}}"><button class="main">Approve</button></form>
        <form method="post" action="/queue/{{id}}/reject"><input type="hidden" name="form" value="{{form}}"><button>Reject</button></form>{{/mayDecide}}
        {{#mayCancel}}<form method="post" action="/queue/{{id}}/cancel"><input type="hidden" name="form" value="{{form}}"><button>Cancel</button></form>{{/mayCancel}}</div>
        {{#hasRuns}}<section class="card"><h2>Results</h2><ul class="list">{{#runIDs}}<li><a href="/runs/{{.}}">{{.}}</a></li>{{/runIDs}}</ul></section>{{/hasRuns}}
        """#
    )
}
