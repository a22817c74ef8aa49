import Analysis
import Baselines
import HTTPTypes
import Hummingbird
import Runs

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

    /// The year 2000, Unix nanoseconds.
    private static let earliest: UInt64 = 946_684_800_000_000_000
    /// A day, nanoseconds.
    private static let ahead: UInt64 = 86_400_000_000_000

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
                let wanted = try await SubmittedBody.json(Wanted.self, of: request, atMost: bodyBytes)
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
                let now = state.now()
                // Seconds by mistake would be 1970, and forgotten at once; a day ahead would hide all deploys until then.
                let at = wanted.at ?? now
                guard at >= DeployAPI.earliest, at <= now + DeployAPI.ahead else {
                    throw Problem(.unprocessableContent, "at must be Unix nanoseconds, not later than a day from now")
                }
                let deploy = DeployMarker(
                    service: wanted.service,
                    version: wanted.version,
                    at: at,
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
