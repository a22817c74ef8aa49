import Analysis
import Baselines
import HTTPTypes
import Hummingbird

/// Operations that left what is usual for them: now, and as far back as the store remembers.
struct AnomalyAPI: APIRoutes {
    let state: WebState

    var routes: [APIRoute] {
        [
            .get("/anomalies") { request, _ in
                let query = Query(request)
                let limit = try query.limit(default: 100)
                // One more than asked for tells whether there is a next page.
                let anomalies = try await state.store.anomalies(
                    in: try query.range(),
                    matching: AnomalyFilter(
                        service: query.text("service"),
                        isLasting: query.text("lasting") != nil
                    ),
                    after: query.text("cursor"),
                    limit: limit + 1
                )
                let page = Array(anomalies.prefix(limit))
                return try Answer.json(
                    ListJSON(page, next: anomalies.count > limit ? page.last?.id : nil),
                    for: request
                )
            }
        ]
    }
}
