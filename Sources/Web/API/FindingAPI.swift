import Analysis
import Baselines
import HTTPTypes
import Hummingbird

/// The inbox: what the newest runs found, one a fingerprint, with what people said about it.
struct FindingAPI: APIRoutes {
    struct Item: Encodable {
        let finding: Finding
        let runId: String
        let moduleId: String
        let editionId: String
        let seenAt: UInt64
        let runs: Int
        let disposition: String
        let assignee: String?
        let annotations: [StoredAnnotation]
    }

    let state: WebState

    var routes: [APIRoute] {
        [
            .get("/findings") { request, _ in
                let query = Query(request)
                let limit = try query.limit(default: 100)
                let entries = try await FindingInbox.entries(of: state.store, now: state.now())
                let wanted = query.text("disposition")
                let items = entries.filter { wanted == nil || $0.decision.disposition.rawValue == wanted }.prefix(limit)
                return try Answer.json(ListJSON(items.map { Item($0) }), for: request)
            },
            .get("/findings/{fingerprint}") { request, context in
                let fingerprint = try context.parameters.require("fingerprint").removingPercent
                let entries = try await FindingInbox.entries(of: state.store, now: state.now())
                guard let entry = entries.first(where: { $0.found.finding.fingerprint == fingerprint }) else {
                    throw Problem(.notFound, "none of the newest runs has the finding \(fingerprint)")
                }
                return try Answer.json(Item(entry), for: request)
            },
        ]
    }
}

extension FindingAPI.Item {
    init(_ entry: FindingInbox.Entry) {
        finding = entry.found.finding
        runId = entry.found.runID
        moduleId = entry.found.moduleID
        editionId = entry.found.editionID
        seenAt = entry.found.seenAt
        runs = entry.found.runs
        disposition = entry.decision.disposition.rawValue
        assignee = entry.decision.assignee
        annotations = entry.annotations
    }
}
