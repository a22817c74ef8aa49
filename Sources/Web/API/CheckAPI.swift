import Analysis
import Baselines
import Foundation
import HTTPTypes
import Hummingbird

/// Answers to "is this deploy fine?".
struct CheckAPI: APIRoutes {
    struct Wanted: Decodable {
        /// Id of a deploy.
        var deploy: String?
        /// Its newest deploy, where no id is given.
        var service: String?
    }

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
                let wanted = try await SubmittedBody.json(Wanted.self, of: request, atMost: bodyBytes)
                guard wanted.deploy != nil || wanted.service != nil else {
                    throw Problem(.unprocessableContent, "a check needs the id of a deploy, or a service")
                }
                let report = try await CheckDesk(state: state).check(deploy: wanted.deploy, service: wanted.service)
                return try Answer.json(report, status: .created)
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
