import Analysis
import Baselines
import HTTPTypes
import Hummingbird
import Runs

/// Deploys as far as they are known, and the way to declare one.
struct DeployAPI: APIRoutes {
    let state: WebState
    let bodyBytes: Int

    var routes: [APIRoute] {
        [
            .get("/deploys") { request, _ in
                let query = Query(request)
                let deploys = try await state.store.deploys(
                    of: query.text("service"),
                    in: try query.range(),
                    limit: try query.limit()
                )
                return try Answer.json(ListJSON(deploys), for: request)
            },
            .post("/deploys") { request, _ in
                let wanted = try await SubmittedBody.json(DeployRequest.self, of: request, atMost: bodyBytes)
                return try Answer.json(try await state.declare(wanted), status: .created)
            },
        ]
    }
}

extension WebState {
    /// Keeps a deploy that somebody declares; throws a `Problem` for one that cannot be.
    func declare(_ wanted: DeployRequest) async throws -> DeployMarker {
        let now = now()
        let deploy = DeployMarker(
            service: wanted.service,
            version: wanted.version,
            at: wanted.at ?? now,
            source: .declared,
            message: wanted.message,
            url: wanted.url
        )
        if let problem = deploy.problem(now: now) { throw Problem(.unprocessableContent, problem) }
        try await store.record(deploy)
        return deploy
    }
}
