import Baselines
import HTTPTypes
import Hummingbird

/// What runs are compared with, and the decisions about it.
struct BaselineAPI: APIRoutes {
    struct Decision: Decodable {
        var runId: String
        var endpoint: String?
    }

    struct Decided: Encodable {
        let decision: String
        let runId: String
        let endpoints: [String]
    }

    let state: WebState
    let bodyBytes: Int

    var routes: [APIRoute] {
        [
            .get("/baselines") { request, _ in
                try Answer.json(ListJSON(try await state.store.summaries()), for: request)
            },
            .post("/baselines/pin") { request, _ in try await decide(.pinned, request) },
            .post("/baselines/promote") { request, _ in try await decide(.promoted, request) },
        ]
    }

    private func decide(_ decision: BaselineDecision, _ request: Request) async throws -> Response {
        let wanted = try await SubmittedBody.json(Decision.self, of: request, atMost: bodyBytes)
        let keys = try await state.store.decide(
            decision,
            run: wanted.runId,
            endpoint: wanted.endpoint,
            now: state.now()
        )
        guard !keys.isEmpty else { throw Problem(.notFound, "there is no run \(wanted.runId) with such a test") }
        return try Answer.json(
            Decided(decision: decision.rawValue, runId: wanted.runId, endpoints: keys.map(\.endpoint)),
            status: .ok
        )
    }
}
