import Analysis
import Baselines
import HTTPTypes
import Hummingbird
import Reporting

/// Stored runs, and everything that can be made of them again.
struct RunAPI: APIRoutes {
    let state: WebState

    var routes: [APIRoute] {
        [
            .get("/runs") { request, _ in
                let query = Query(request)
                let limit = try query.limit()
                let filter = RunFilter(
                    moduleID: query.text("module"),
                    editionID: query.text("edition"),
                    status: query.text("status")
                )
                // One more than asked for tells whether there is a next page.
                let runs = try await state.store.runs(matching: filter, after: query.text("cursor"), limit: limit + 1)
                let page = runs.prefix(limit)
                return try Answer.json(
                    ListJSON(Array(page), next: runs.count > limit ? page.last?.id : nil),
                    for: request
                )
            },
            .get("/runs/{id}") { request, context in
                let report = try await report(context)
                return Answer.bytes(try RunReportCoder.encode(report), type: "application/json", for: request)
            },
            .get("/runs/{id}/artifacts") { request, context in
                let report = try await report(context)
                let names = try artifacts(of: report).map(\.path)
                return try Answer.json(ListJSON(names), for: request)
            },
            .get("/runs/{id}/artifacts/{name}") { request, context in
                let report = try await report(context)
                let name = try context.parameters.require("name")
                guard let artifact = try artifacts(of: report, named: name).first(where: { $0.path == name }) else {
                    throw Problem(.notFound, "run \(report.run.id) has no artifact \(name)")
                }
                return RunAPI.answer(artifact, for: request)
            },
        ]
    }

    private func report(_ context: WebContext) async throws -> RunReport {
        let id = try context.parameters.require("id")
        guard let report = try await state.store.report(id) else { throw Problem(.notFound, "there is no run \(id)") }
        return report
    }

    /// Only the renderer that may have it, where a name is given: the others are work for nothing.
    private func artifacts(of report: RunReport, named name: String? = nil) throws -> [Artifact] {
        let renderers = [any ArtifactRenderer].standard
        let wanted = renderers.filter { name == nil || $0.name == name }
        return try (wanted.isEmpty ? renderers : wanted).flatMap { try $0.render(report) }
    }

    /// With a policy that lets our own script of it run and nothing else.
    static func answer(_ artifact: Artifact, for request: Request) -> Response {
        let type =
            switch artifact.path.split(separator: ".").last {
            case "json": "application/json"
            case "jsonl": "application/x-ndjson"
            case "html": "text/html; charset=utf-8"
            case "svg": "image/svg+xml"
            case "xml": "application/xml"
            case "md": "text/markdown; charset=utf-8"
            case "yaml": "application/yaml"
            default: "text/plain; charset=utf-8"
            }
        let policy =
            switch type {
            case "text/html; charset=utf-8": RunPage.policy
            case "image/svg+xml": FlamegraphDocument.policy
            default: "default-src 'none'"
            }
        var headers: HTTPFields = [:]
        if let name = HTTPField.Name("Content-Security-Policy") { headers[name] = policy + "; frame-ancestors 'none'" }
        return Answer.bytes(artifact.contents, type: type, for: request, headers: headers)
    }
}
