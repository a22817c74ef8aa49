import Analysis
import Baselines
import HTTPTypes
import Hummingbird
import Reporting
import Runs

/// `/runs`: the history, and each run as its report with what people say about it.
struct RunPages: StudioPages {
    private static let pageLength = 50

    let frame: StudioFrame

    func add(to router: Router<WebContext>) {
        router.get("runs") { request, context in
            try await frame.answer("Runs", in: .runs, try await list(Query(request)), to: request, for: context)
        }
        router.get("runs/{id}") { request, context in
            let report = try await report(context)
            let title = "\(report.run.moduleID) \(report.run.editionID)"
            return try await frame.answer(title, in: .runs, try await page(report, context), to: request, for: context)
        }
        router.post("runs/{id}/annotate") { request, context in
            let report = try await report(context)
            let fields = try await frame.form(request, context)
            let annotation = StoredAnnotation(
                subject: .run,
                subjectID: report.run.id,
                author: context.visitor.name,
                at: frame.state.now(),
                note: fields["note"] ?? "",
                status: fields["status"].flatMap { $0.isEmpty ? nil : $0 },
                statusUntil: frame.moment(afterDays: fields["statusDays"]),
                test: fields["test"].flatMap { $0.isEmpty ? nil : $0 },
                excludedUntil: frame.moment(afterDays: fields["excludeDays"])
            )
            _ = try await AnnotationDesk(state: frame.state).add(annotation)
            return frame.done("/runs/\(Words.path(report.run.id))#notes")
        }
        router.post("runs/{id}/retry") { request, context in
            let id = try context.parameters.require("id")
            let fields = try await frame.form(request, context)
            let queued = try await RunDesk(state: frame.state).repeated(
                id,
                by: context.visitor.name,
                reason: fields["reason"] ?? "",
                waitsForApproval: fields["approval"] != nil
            )
            return frame.done("/queue/\(queued.id)")
        }
        router.post("runs/{id}/baseline") { request, context in
            let id = try context.parameters.require("id")
            let fields = try await frame.form(request, context)
            guard let decision = fields["decision"].flatMap({ BaselineDecision(rawValue: $0) }) else {
                throw Problem(.badRequest, "decision must be pinned or promoted")
            }
            _ = try await frame.state.store.decide(decision, run: id, now: frame.state.now())
            return frame.done("/runs/\(Words.path(id))")
        }
    }

    private func report(_ context: WebContext) async throws -> RunReport {
        let id = try context.parameters.require("id")
        guard let report = try await frame.state.store.report(id) else {
            throw Problem(.notFound, "there is no run \(Words.clean(id))")
        }
        return report
    }

    private func list(_ query: Query) async throws -> String {
        let filter = RunFilter(
            moduleID: query.text("module"),
            editionID: query.text("edition"),
            status: query.text("status")
        )
        let cursor = query.text("cursor")
        let runs = try await frame.state.store.runs(matching: filter, after: cursor, limit: RunPages.pageLength + 1)
        let page = runs.prefix(RunPages.pageLength)
        let now = frame.state.now()
        let link = [("module", filter.moduleID), ("edition", filter.editionID), ("status", filter.status)]
            .compactMap { name, value in value.map { "\(name)=\(Query.escape($0))" } }
        let more = (page.last?.id).map { "/runs?" + (link + ["cursor=\(Query.escape($0))"]).joined(separator: "&") }
        let isFiltered = !link.isEmpty || cursor != nil
        return try RunPages.listTemplate.render([
            "runs": page.map { run in
                [
                    "id": Words.path(run.id), "module": Words.clean(run.moduleID, limit: 60),
                    "edition": Words.clean(run.editionID, limit: 60), "status": run.status.rawValue,
                    "score": Words.score(run.score), "tests": "\(run.tests)",
                    "started": Timestamp.readable(run.startedAt), "age": Words.age(run.startedAt, now: now),
                ]
            },
            "hasRuns": !page.isEmpty,
            "more": (runs.count > RunPages.pageLength ? more : nil) ?? false,
            "isFurther": cursor != nil,
            "module": Words.clean(filter.moduleID ?? ""),
            "edition": Words.clean(filter.editionID ?? ""),
            "statuses": TestStatus.allCases.map {
                ["word": $0.rawValue, "isChosen": $0.rawValue == filter.status] as [String: Any]
            },
            "empty": isFiltered
                ? try StudioFrame.empty("No such run", "Nothing in the store fits; ask for less.")
                : try StudioFrame.empty(
                    "No run is stored yet",
                    "Every run that names this store is listed here.",
                    command: "plimsoll run --store \(Words.clean(frame.state.store.path))"
                ),
        ])
    }

    private func page(_ report: RunReport, _ context: WebContext) async throws -> String {
        let notes = try await frame.state.store.annotations(about: .run, id: report.run.id)
        let earlier = try await frame.state.store.runs(
            matching: RunFilter(moduleID: report.run.moduleID, editionID: report.run.editionID),
            after: report.run.id,
            limit: 1
        ).first
        let now = frame.state.now()
        return try RunPages.pageTemplate.render([
            "report": try RunPage(report).content(),
            "kin": Words.clean("\(report.run.moduleID) \(report.run.editionID)", limit: 120),
            "kinLink": "/runs?module=\(Query.escape(report.run.moduleID))"
                + "&edition=\(Query.escape(report.run.editionID))",
            "earlier": earlier.map { Words.path($0.id) } ?? false,
            "said": notes.isEmpty ? false : Words.counted(notes.count, "note"),
            "id": Words.path(report.run.id),
            "form": context.visitor.formToken,
            "mayWrite": context.visitor.mayWrite,
            "mayRetry": context.visitor.mayWrite && (frame.state.queue?.isAllowed ?? false),
            "notes": notes.map { NoteRow.values($0, now: now) },
            "hasNotes": !notes.isEmpty,
            "statuses": StoredAnnotation.statuses,
            "tests": report.tests.prefix(200).map { Words.clean($0.name, limit: 300) },
            "hasTests": report.tests.count > 1,
            "artifacts": [
                "report.html", "report.md", "run.json", "perf-metrics.json", "findings.json", "flamegraph.svg",
            ],
        ])
    }

    private static let listTemplate = StudioTemplate(
        #"""
        <h1>Runs</h1>
        <form class="row" method="get" action="/runs">
        <label>Module<input name="module" value="{{module}}"></label><label>Edition<input name="edition" value="{{edition}}"></label>
        <label>Status<select name="status"><option value="">any</option>{{#statuses}}<option{{#isChosen}} selected{{/isChosen}}>{{word}}</option>{{/statuses}}</select></label>
        <button>Show</button></form>
        {{#hasRuns}}
        <section class="card"><table class="stack">
        <thead><tr><th>run</th><th>module</th><th>edition</th><th>status</th><th class="num">score</th><th class="num">tests</th><th>started</th></tr></thead>
        <tbody>{{#runs}}<tr><td class="whole"><a href="/runs/{{id}}">{{id}}</a></td><td>{{module}}</td><td>{{edition}}</td>
        <td class="{{status}}"><span class="badge">{{status}}</span></td><td class="num" data-label="score">{{score}}</td><td class="num" data-label="tests">{{tests}}</td>
        <td>{{started}} <span class="dim">{{age}}</span></td></tr>
        {{/runs}}</tbody></table></section>
        {{/hasRuns}}
        {{^hasRuns}}{{{empty}}}{{/hasRuns}}
        <nav class="pager" aria-label="Pages">{{#isFurther}}<a class="button" href="/runs">Newest</a>{{/isFurther}}{{#more}}<a class="button" href="{{more}}">Older</a>{{/more}}</nav>
        """#
    )

    private static let pageTemplate = StudioTemplate(
        #"""
        <p class="small"><a href="{{kinLink}}">All runs of {{kin}}</a>{{#earlier}} · <a href="/runs/{{earlier}}">the run before</a>{{/earlier}} · <a href="#notes">{{#said}}{{said}}{{/said}}{{^said}}say something{{/said}}</a></p>
        {{{report}}}
        <h2 id="notes">Notes</h2>
        <section class="card">
        {{#hasNotes}}{{#notes}}<article class="finding"><p><strong>{{author}}</strong> <span class="dim">{{age}}</span>{{#status}} set the verdict{{#test}} on {{test}}{{/test}} to <span class="{{status}}"><span class="badge">{{status}}</span></span>{{#statusUntil}}, and that of later runs until {{statusUntil}}{{/statusUntil}}{{/status}}{{#excluded}} <span class="dim">left out of the gate until {{excluded}}</span>{{/excluded}}</p><p>{{note}}</p></article>{{/notes}}{{/hasNotes}}
        {{^hasNotes}}<p class="dim">Nobody has said anything about this run.</p>{{/hasNotes}}
        {{#mayWrite}}
        <form method="post" action="/runs/{{id}}/annotate"><input type="hidden" name="form" value="{{form}}">
        <label for="note">Note</label><textarea id="note" name="note" maxlength="4000"></textarea>
        <div class="row"><label>Verdict<select name="status"><option value="">as it came out</option>{{#statuses}}<option>{{.}}</option>{{/statuses}}</select></label>
        <label>which holds for<select name="statusDays"><option value="">this run only</option><option value="1">runs of the next day</option><option value="7">runs of the next 7 days</option><option value="30">runs of the next 30 days</option></select></label>
        {{#hasTests}}<label>about<select name="test"><option value="">all tests</option>{{#tests}}<option>{{.}}</option>{{/tests}}</select></label>{{/hasTests}}
        <label>Leave later runs out of the gate for days<input name="excludeDays" type="number" min="0" max="3650" value="0"></label></div>
        <p><button class="main">Add note</button></p></form>
        {{/mayWrite}}
        </section>
        {{#mayWrite}}
        <section class="card"><h3>Decide</h3>
        {{#mayRetry}}<form class="row" method="post" action="/runs/{{id}}/retry"><input type="hidden" name="form" value="{{form}}">
        <label class="grow">Why again<input name="reason" size="36"></label><label><input type="checkbox" name="approval" value="yes" checked> wait for an approval</label><button>Retry</button></form>{{/mayRetry}}
        {{^mayRetry}}<p class="small">A retry from here needs a service that may run projects: <code>plimsoll serve --projects DIR</code></p>{{/mayRetry}}
        <form class="row" method="post" action="/runs/{{id}}/baseline"><input type="hidden" name="form" value="{{form}}">
        <button name="decision" value="promoted">Make it the new normal</button><button name="decision" value="pinned">Pin it as the baseline</button></form>
        </section>
        {{/mayWrite}}
        <section class="card"><h3>Files</h3><p>{{#artifacts}}<a class="button" href="/api/v1/runs/{{id}}/artifacts/{{.}}">{{.}}</a> {{/artifacts}}</p></section>
        """#
    )
}
