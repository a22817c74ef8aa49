import Analysis
import Baselines
import HTTPTypes
import Hummingbird
import Reporting
import Runs
import Telemetry

/// `/deploys`: when which version began, and what its checks say; `/checks/{id}`: one check with its evidence.
struct DeployPages: StudioPages {
    let frame: StudioFrame

    func add(to router: Router<WebContext>) {
        router.get("deploys") { request, context in
            try await frame.answer(
                "Deploys",
                in: .deploys,
                try await list(Query(request), context),
                to: request,
                for: context
            )
        }
        router.post("deploys") { request, context in
            let fields = try await frame.form(request, context)
            _ = try await frame.state.declare(
                DeployRequest(
                    service: fields["service"] ?? "",
                    version: fields["version"] ?? "",
                    message: fields["message"].flatMap { $0.isEmpty ? nil : $0 }
                )
            )
            return frame.done("/deploys")
        }
        router.post("checks") { request, context in
            let fields = try await frame.form(request, context)
            let check = try await frame.state.check(CheckRequest(deploy: fields["deploy"] ?? ""))
            return frame.done("/checks/\(Words.path(check.id))")
        }
        router.get("checks/{id}") { request, context in
            let id = try context.parameters.require("id").removingPercent
            guard let check = try await frame.state.store.check(id) else {
                throw Problem(.notFound, "there is no check \(Words.clean(id))")
            }
            let title = "Check of \(check.deploy.service) \(check.deploy.version)"
            return try await frame.answer(title, in: .deploys, try page(check), to: request, for: context)
        }
    }

    /// A deploy with the newest of its checks that came to an answer; the others are links.
    ///
    /// `nextLook` is when the service looks by itself, Unix nanoseconds.
    static func row(
        _ deploy: DeployMarker,
        checks: [ListedCheck],
        now: UInt64,
        nextLook: UInt64? = nil
    ) -> [String: Any] {
        let own = checks.filter { $0.deployID == deploy.id }.sorted { $0.checkedAt > $1.checkedAt }
        let shown = own.first { $0.verdict != .inconclusive } ?? own.first
        let others = own.filter { $0.id != shown?.id }
        return [
            "id": Words.clean(deploy.id, limit: 500),
            "service": Words.clean(deploy.service, limit: 80),
            "version": Words.clean(deploy.version, limit: 80),
            "age": Words.age(deploy.at, now: now),
            "at": Timestamp.readable(deploy.at),
            "source": deploy.source.rawValue,
            "message": deploy.message.map { Words.clean($0, limit: 300) } ?? false,
            "verdict": shown.map { verdictClass($0.verdict) } ?? "none",
            "verdictText": shown?.verdict.rawValue ?? "",
            "summary": shown.map { Words.clean($0.summary, limit: 300) } ?? "",
            "checkID": shown.map { Words.path($0.id) } ?? false,
            "others": others.prefix(6).map {
                [
                    "checkID": Words.path($0.id), "verdictText": $0.verdict.rawValue,
                    "age": Words.age($0.checkedAt, now: now),
                ]
            },
            "hasOthers": !others.isEmpty,
            "nextLook": nextLook.map { Timestamp.readable($0) } ?? false,
        ]
    }

    private static func verdictClass(_ verdict: CheckReport.Verdict) -> String {
        verdict == .inconclusive ? "inconclusive-check" : verdict.rawValue
    }

    private func list(_ query: Query, _ context: WebContext) async throws -> String {
        let now = frame.state.now()
        let service = query.text("service")
        let deploys = try await frame.state.store.deploys(of: service, limit: 100)
        let checks = try await frame.state.store.listedChecks(limit: 500)
        return try DeployPages.listTemplate.render([
            "deploys": deploys.map { deploy in
                let isNewest = deploys.first { $0.service == deploy.service }?.id == deploy.id
                let next = isNewest ? frame.state.checks?.nextLook(at: deploy) : nil
                return DeployPages.row(deploy, checks: checks, now: now, nextLook: next)
            },
            "hasDeploys": !deploys.isEmpty,
            "trouble": (frame.state.checks?.progress.lastError).map { Words.clean($0, limit: 300) } ?? false,
            "mayWrite": context.visitor.mayWrite,
            "form": context.visitor.formToken,
            "empty": try StudioFrame.empty(
                "No deploy is known",
                "A deploy shows by itself when spans come with another service.version, or when you say so:",
                command: "plimsoll deploy --service shop --version 1.4.2"
            ),
        ])
    }

    private func page(_ check: CheckReport) throws -> String {
        try DeployPages.pageTemplate.render([
            "verdict": DeployPages.verdictClass(check.verdict),
            "verdictText": check.verdict.rawValue,
            "service": Words.clean(check.deploy.service, limit: 80),
            "version": Words.clean(check.deploy.version, limit: 80),
            "summary": Words.clean(check.summary, limit: 600),
            "confidence": Quantity.confidence(check.confidence),
            "control": check.control.rawValue,
            "placebo": "\(check.placeboPairs)",
            "checkedAt": Timestamp.readable(check.checkedAt),
            "before": "\(Timestamp.readable(check.before.lowerBound)) – \(Timestamp.readable(check.before.upperBound))",
            "after": "\(Timestamp.readable(check.after.lowerBound)) – \(Timestamp.readable(check.after.upperBound))",
            "again": check.lookAgainAt.map { Timestamp.readable($0) } ?? false,
            "reasons": check.reasons.prefix(30).map { Words.clean($0, limit: 400) },
            "hasReasons": !check.reasons.isEmpty,
            "findings": check.findings.prefix(50).map { finding in
                [
                    "signal": finding.signal.rawValue,
                    "who": Words.clean("\(finding.operation.service), \(finding.operation.name)", limit: 200),
                    "sentence": Words.clean(finding.sentence, limit: 600),
                    "confidence": Quantity.confidence(finding.confidence),
                    "persistence": finding.persistence.rawValue,
                    "traces": finding.exemplarTraceIDs.prefix(5).map(\.hex),
                ]
            },
            "hasFindings": !check.findings.isEmpty,
            "operations": check.operations.prefix(200).map { operation in
                [
                    "service": Words.clean(operation.operation.service, limit: 80),
                    "operation": Words.clean(operation.operation.name, limit: 160),
                    "requests":
                        "\(Quantity.count(operation.requestsBefore)) → \(Quantity.count(operation.requestsAfter))",
                    "p95":
                        "\(Quantity.milliseconds(operation.p95Before)) → \(Quantity.milliseconds(operation.p95After))",
                    "change": Words.change(operation.p95Before > 0 ? operation.p95After / operation.p95Before : nil),
                    "errors":
                        "\(Quantity.percent(operation.errorRateBefore)) → \(Quantity.percent(operation.errorRateAfter))",
                    "q": operation.q.map { NumberText.significant($0, digits: 2) } ?? "–",
                ]
            },
            "hasOperations": !check.operations.isEmpty,
            "flamegraph": "/services?" + range(check.after, "from", "to") + "&"
                + range(check.before, "beforeFrom", "beforeTo"),
        ])
    }

    private func range(_ range: Range<UInt64>, _ from: String, _ to: String) -> String {
        "\(from)=\(range.lowerBound)&\(to)=\(range.upperBound)"
    }

    private static let listTemplate = StudioTemplate(
        #"""
        <h1>Deploys</h1>
        {{#trouble}}<p class="card">The last look or message failed: {{trouble}}</p>{{/trouble}}
        {{#hasDeploys}}
        <section class="card"><ul class="timeline">
        {{#deploys}}<li class="{{verdict}}"><strong>{{service}} {{version}}</strong> <span class="dim">{{at}}, {{age}}, {{source}}</span>{{#message}}<br>{{message}}{{/message}}<br>
        {{#checkID}}<a href="/checks/{{checkID}}"><span class="badge">{{verdictText}}</span></a> {{summary}}{{/checkID}}{{^checkID}}<span class="dim">Not looked at yet.</span>{{/checkID}}
        {{#nextLook}}<br><span class="small dim">The service looks by itself at {{nextLook}}.</span>{{/nextLook}}
        {{#hasOthers}}<br><span class="small dim">other looks: {{#others}}<a href="/checks/{{checkID}}">{{verdictText}} {{age}}</a> {{/others}}</span>{{/hasOthers}}
        {{#mayWrite}}<form class="row" method="post" action="/checks"><input type="hidden" name="form" value="{{form}}"><input type="hidden" name="deploy" value="{{id}}"><button>Check now</button></form>{{/mayWrite}}</li>
        {{/deploys}}</ul></section>
        {{/hasDeploys}}
        {{^hasDeploys}}{{{empty}}}{{/hasDeploys}}
        {{#mayWrite}}<form class="row card" method="post" action="/deploys"><input type="hidden" name="form" value="{{form}}">
        <label>Service<input name="service" required></label><label>Version<input name="version" required></label><label class="grow">What changed<input name="message" size="30"></label><button>Declare a deploy of now</button></form>{{/mayWrite}}
        """#
    )

    private static let pageTemplate = StudioTemplate(
        #"""
        <header class="card banner {{verdict}}"><h1><span class="word">{{verdictText}}</span> {{service}} {{version}}</h1>
        <p class="why">{{summary}}</p>
        {{#again}}<p>There is more to see from {{again}} on.</p>{{/again}}
        <dl class="facts"><div><dt>confidence</dt><dd>{{confidence}}</dd></div><div><dt>control</dt><dd>{{control}}</dd></div><div><dt>placebo pairs</dt><dd>{{placebo}}</dd></div><div><dt>checked</dt><dd>{{checkedAt}}</dd></div><div><dt>before</dt><dd>{{before}}</dd></div><div><dt>after</dt><dd>{{after}}</dd></div></dl></header>
        {{#hasFindings}}<section class="card"><h2>What is wrong</h2>
        {{#findings}}<article class="finding high"><p><span class="badge">{{signal}}</span> <strong>{{who}}</strong> <span class="dim">({{persistence}}, confidence {{confidence}})</span></p><p>{{sentence}}</p><p class="small">{{#traces}}<a href="/traces/{{.}}">{{.}}</a> {{/traces}}</p></article>{{/findings}}</section>{{/hasFindings}}
        {{#hasReasons}}<section class="card"><h2>What limits the answer</h2><ul class="list">{{#reasons}}<li>{{.}}</li>{{/reasons}}</ul></section>{{/hasReasons}}
        <p><a class="button" href="{{flamegraph}}">Operations and flamegraph, after against before</a></p>
        {{#hasOperations}}<section class="card"><h2>All operations</h2><div class="scroll"><table><thead><tr><th>service</th><th>operation</th><th class="num">requests</th><th class="num">p95</th><th class="num">change</th><th class="num">errors</th><th class="num">q</th></tr></thead><tbody>
        {{#operations}}<tr><td>{{service}}</td><td class="op">{{operation}}</td><td class="num">{{requests}}</td><td class="num">{{p95}}</td><td class="num">{{change}}</td><td class="num">{{errors}}</td><td class="num">{{q}}</td></tr>{{/operations}}
        </tbody></table></div></section>{{/hasOperations}}
        """#
    )
}
