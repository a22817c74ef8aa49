import Analysis
import Baselines
import Foundation
import HTTPTypes
import Hummingbird

/// Answers to "is this deploy fine?".
struct CheckAPI: APIRoutes {
    let state: WebState

    var routes: [APIRoute] {
        [
            .get("/checks") { request, _ in
                let query = Query(request)
                let checks = try await state.store.checks(ofDeploy: query.text("deploy"), limit: try query.limit())
                return try Answer.json(ListJSON(checks), for: request)
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

extension String {
    /// A part of a path as it was meant; itself where it is no percent encoding.
    var removingPercent: String { removingPercentEncoding ?? self }
}
