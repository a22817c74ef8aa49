import Analysis
import Baselines
import HTTPTypes
import Hummingbird
import Reporting
import Telemetry

/// `/findings`: the inbox, with notes, owners and what was decided.
struct FindingPages: StudioPages {
    private static let most = 100

    let frame: StudioFrame

    func add(to router: Router<WebContext>) {
        router.get("findings") { request, context in
            let wanted = Query(request).text("show") ?? "open"
            return try await frame.answer(
                "Findings",
                in: .findings,
                try await list(wanted, context),
                to: request,
                for: context
            )
        }
        router.post("findings/{fingerprint}/annotate") { request, context in
            let fingerprint = try context.parameters.require("fingerprint").removingPercent
            let fields = try await frame.form(request, context)
            let annotation = StoredAnnotation(
                subject: .finding,
                subjectID: fingerprint,
                author: context.visitor.name,
                at: frame.state.now(),
                note: fields["note"] ?? "",
                // What a form only repeats was decided by somebody else.
                disposition: FindingPages.change("disposition", in: fields)
                    .flatMap { StoredAnnotation.Disposition(rawValue: $0) },
                assignee: FindingPages.change("assignee", in: fields),
                excludedUntil: frame.moment(afterDays: fields["excludeDays"])
            )
            _ = try await AnnotationDesk(state: frame.state).add(annotation)
            return frame.done("/findings?show=all#f-\(Words.path(fingerprint))")
        }
    }

    /// What a field says now, where the page had said something else.
    private static func change(_ name: String, in fields: FormQuery) -> String? {
        fields.given(name) == fields.given("known-" + name) ? nil : fields.given(name)
    }

    private func list(_ wanted: String, _ context: WebContext) async throws -> String {
        let now = frame.state.now()
        let all = try await FindingInbox.entries(of: frame.state.store, now: now)
        let shown = all.filter { entry in
            switch wanted {
            case "all": true
            case "open": entry.decision.disposition == .open && entry.decision.excludedUntil == nil
            default: entry.decision.disposition.rawValue == wanted
            }
        }.sorted { ($0.found.finding.severity, $0.found.seenAt) > ($1.found.finding.severity, $1.found.seenAt) }
        return try FindingPages.template.render([
            "filters": ["open", "accepted", "resolved", "notAProblem", "all"].map { word in
                ["word": word, "title": FindingPages.title(word), "isHere": word == wanted] as [String: Any]
            },
            "findings": shown.prefix(FindingPages.most).map { row($0, now: now) },
            "hasFindings": !shown.isEmpty,
            "more": shown.count > FindingPages.most ? "\(shown.count - FindingPages.most) more are not shown." : false,
            "mayWrite": context.visitor.mayWrite,
            "form": context.visitor.formToken,
            "empty": all.isEmpty
                ? try StudioFrame.empty(
                    "No findings",
                    "What the newest 50 runs find is collected here, one entry however often it is found."
                )
                : try StudioFrame.empty("Nothing here", "No finding of the newest 50 runs is in this state."),
        ])
    }

    private func row(_ entry: FindingInbox.Entry, now: UInt64) -> [String: Any] {
        let finding = entry.found.finding
        return [
            "fingerprint": Words.path(finding.fingerprint),
            "severity": finding.severity.rawValue,
            "kind": Words.clean(finding.title, limit: 80),
            "who": Words.clean("\(finding.culprit.service), \(finding.culprit.operation)", limit: 200),
            "sentence": Words.clean(finding.sentence, limit: 600),
            "suggestion": finding.suggestion.isEmpty ? false : Words.clean(finding.suggestion, limit: 600),
            "attribute": finding.culprit.attribute.map { Words.clean($0, limit: 400) } ?? false,
            "confidence": Quantity.confidence(finding.confidence),
            "module": Words.clean("\(entry.found.moduleID) \(entry.found.editionID)", limit: 120),
            "runID": Words.path(entry.found.runID),
            "age": Words.age(entry.found.seenAt, now: now),
            "runs": entry.found.runs == 1 ? "in 1 run" : "in \(entry.found.runs) runs",
            "disposition": FindingPages.title(entry.decision.disposition.rawValue),
            "assignee": entry.decision.assignee.map { Words.clean($0, limit: 60) } ?? false,
            "knownDisposition": entry.decision.disposition.rawValue,
            "excludedUntil": entry.decision.excludedUntil.map { Timestamp.readable($0) } ?? false,
            "assigneeValue": entry.decision.assignee.map { Words.clean($0, limit: 60) } ?? "",
            "notes": entry.annotations.prefix(20).map { NoteRow.values($0, now: now) },
            "dispositions": StoredAnnotation.Disposition.allCases.map {
                [
                    "word": $0.rawValue, "title": FindingPages.title($0.rawValue),
                    "isChosen": $0 == entry.decision.disposition,
                ] as [String: Any]
            },
        ]
    }

    private static func title(_ word: String) -> String { word == "notAProblem" ? "not a problem" : word }

    private static let template = StudioTemplate(
        #"""
        <h1>Findings</h1>
        <p>{{#filters}}<a class="button" href="/findings?show={{word}}"{{#isHere}} aria-current="true"{{/isHere}}>{{title}}</a> {{/filters}}</p>
        {{#hasFindings}}
        <p class="filter" hidden><label for="words">Filter (press /)</label><input id="words" type="search" data-filters=".inbox .finding" size="32"></p>
        <section class="card inbox">
        {{#findings}}
        <article class="finding {{severity}}" id="f-{{fingerprint}}">
        <p><span class="badge">{{severity}}</span> <strong>{{kind}}</strong> in {{who}} <span class="dim">({{disposition}}{{#assignee}}, {{assignee}}{{/assignee}}{{#excludedUntil}}, left out until {{excludedUntil}}{{/excludedUntil}})</span></p>
        <p>{{sentence}}</p>
        {{#attribute}}<pre>{{attribute}}</pre>{{/attribute}}
        {{#suggestion}}<p><strong>Try:</strong> {{suggestion}}</p>{{/suggestion}}
        <p class="small dim">{{module}} · <a href="/runs/{{runID}}">newest run</a> {{age}} · {{runs}} · confidence {{confidence}}</p>
        {{#notes}}<p class="small"><strong>{{author}}</strong> <span class="dim">{{age}}</span>{{#disposition}} <span class="dim">{{disposition}}</span>{{/disposition}}{{#assignee}} <span class="dim">→ {{assignee}}</span>{{/assignee}} {{note}}</p>{{/notes}}
        {{#mayWrite}}<details><summary>Annotate, assign, retry</summary>
        <form class="row" method="post" action="/findings/{{fingerprint}}/annotate"><input type="hidden" name="form" value="{{form}}"><input type="hidden" name="known-disposition" value="{{knownDisposition}}"><input type="hidden" name="known-assignee" value="{{assigneeValue}}">
        <label class="grow">Note<input name="note" maxlength="4000" size="36"></label>
        <label>State<select name="disposition">{{#dispositions}}<option value="{{word}}"{{#isChosen}} selected{{/isChosen}}>{{title}}</option>{{/dispositions}}</select></label>
        <label>Assign to<input name="assignee" value="{{assigneeValue}}" maxlength="100" size="14"></label>
        <label>Leave out for days<input name="excludeDays" type="number" min="0" max="3650" value="0"></label><button class="main">Save</button></form>
        <form class="row" method="post" action="/runs/{{runID}}/retry"><input type="hidden" name="form" value="{{form}}"><input type="hidden" name="reason" value="{{kind}} in {{who}}"><input type="hidden" name="approval" value="yes"><button>Retry the run</button></form>
        </details>{{/mayWrite}}
        </article>
        {{/findings}}
        {{#more}}<p class="dim">{{more}}</p>{{/more}}
        </section>
        {{/hasFindings}}
        {{^hasFindings}}{{{empty}}}{{/hasFindings}}
        """#
    )
}
