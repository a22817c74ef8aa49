import Analysis
import Baselines
import HTTPTypes
import Hummingbird

/// Deploys as far as they are known, and the way to declare one.
struct DeployAPI: APIRoutes {
    struct Wanted: Decodable {
        var service: String
        var version: String
        /// Unix nanoseconds; now where it is missing.
        var at: UInt64?
        var message: String?
        var url: String?
    }

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
                let wanted = try await ReceivedBody.json(Wanted.self, of: request, atMost: bodyBytes)
                guard !wanted.service.isEmpty, !wanted.version.isEmpty, wanted.service.utf8.count <= 200,
                    wanted.version.utf8.count <= 200, (wanted.message ?? "").utf8.count <= 4_000
                else {
                    throw Problem(.unprocessableContent, "service and version must have 1 to 200 bytes, message 4,000")
                }
                if let url = wanted.url,
                    !(url.hasPrefix("https://") || url.hasPrefix("http://")) || url.utf8.count > 2_000
                {
                    throw Problem(.unprocessableContent, "url must begin with https:// or http://")
                }
                let deploy = DeployMarker(
                    service: wanted.service,
                    version: wanted.version,
                    at: wanted.at ?? state.now(),
                    source: .declared,
                    message: wanted.message,
                    url: wanted.url
                )
                try await state.store.record(deploy)
                return try Answer.json(deploy, status: .created)
            },
        ]
    }
}
