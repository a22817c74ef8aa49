import Analysis
import Baselines
import Foundation
import HTTPTypes
import Hummingbird
import Runs

/// Answers to "is this deploy fine?".
struct CheckAPI: APIRoutes {
    let state: WebState
    let bodyBytes: Int

    var routes: [APIRoute] {
        [
            .get("/checks") { request, _ in
                let query = Query(request)
                let checks = try await state.store.checks(ofDeploy: query.text("deploy"), limit: try query.limit())
                return try Answer.json(ListJSON(checks), for: request)
            },
            .post("/checks") { request, _ in
                let wanted = try await SubmittedBody.json(CheckRequest.self, of: request, atMost: bodyBytes)
                return try Answer.json(try await state.check(wanted), status: .created)
            },
            .get("/checks/{id}") { request, context in
                let id = try context.parameters.require("id").removingPercent
                guard let check = try await state.store.check(id) else {
                    throw Problem(.notFound, "there is no check \(id)")
                }
                return try Answer.json(check, for: request)
            },
        ]
    }
}

extension WebState {
    /// A look as of now, or as of the moment that is asked for; throws a `Problem` where it comes to no answer.
    func check(_ request: CheckRequest) async throws -> CheckReport {
        do {
            return try await CheckPipeline(request).execute(in: store, now: now())
        } catch let failure as CheckFailure {
            let status: HTTPTypes.HTTPResponse.Status =
                switch failure {
                case .unknownDeploy: .notFound
                case .unusable: .unprocessableContent
                }
            throw Problem(status, "\(failure)")
        }
    }
}
