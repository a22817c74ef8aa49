import Hummingbird

/// Flat JSON tables for Grafana's Infinity plugin, one path each: `/api/feed/{table}?from&to&limit`.
///
/// `from` and `to` are Grafana's `${__from}` and `${__to}` (Unix milliseconds), any other Unix time, or RFC 3339.
struct FeedRoutes: RouteSet {
    private static let limit = 500
    private static let limitAtMost = 5_000

    let state: WebState

    func add(to router: Router<WebContext>) {
        let store = state.store
        add(RunFeed(store: store), to: router)
        add(FindingFeed(store: store), to: router)
        add(DeployFeed(store: store), to: router)
        add(CheckFeed(store: store), to: router)
        add(OperationFeed(store: store), to: router)
        add(TrendFeed(store: store), to: router)
    }

    private func add(_ table: some FeedTable, to router: Router<WebContext>) {
        router.get("api/feed/\(table.name)") { request, _ in
            do {
                let query = FormQuery(request.uri.query)
                let range = try query.range(from: "from", to: "to", default: 0..<UInt64.max)
                let limit = try query.limit(default: FeedRoutes.limit, most: FeedRoutes.limitAtMost)
                return try Answer.json(try await table.rows(in: range, limit: limit), status: .ok)
            } catch let refusal as FeedRefusal {
                throw Problem(refusal.status, refusal.message)
            }
        }
    }
}
