import Baselines
import HTTPTypes
import Hummingbird
import Runs

/// Runs that the service carries out: ask for them, watch, approve, cancel, repeat.
struct QueueAPI: APIRoutes {
    struct Wanted: Decodable {
        var project: String
        var editions: [String]?
        var reason: String?
        var waitForApproval: Bool?
    }

    struct Repetition: Decodable {
        var reason: String?
        var waitForApproval: Bool?
    }

    let state: WebState
    let bodyBytes: Int

    var routes: [APIRoute] {
        [
            .get("/queue") { request, _ in
                try Answer.json(ListJSON(state.queue?.runs ?? []), for: request)
            },
            .get("/queue/{id}") { request, context in
                let id = try context.parameters.require("id")
                guard let run = state.queue?.run(id) else { throw Problem(.notFound, "there is no queued run \(id)") }
                return try Answer.json(run, for: request)
            },
            .get("/projects") { request, _ in
                try Answer.json(ListJSON(state.queue?.projects ?? []), for: request)
            },
            .post("/runs") { request, context in
                let wanted = try await SubmittedBody.json(Wanted.self, of: request, atMost: bodyBytes)
                var run = RunRequest(project: wanted.project, author: context.visitor.name)
                run.editions = wanted.editions ?? []
                run.reason = wanted.reason ?? ""
                run.waitsForApproval = wanted.waitForApproval ?? false
                return try Answer.json(try RunDesk(state: state).submit(run), status: .accepted)
            },
            .post("/runs/{id}/retry") { request, context in
                let wanted = try await SubmittedBody.json(Repetition.self, of: request, atMost: bodyBytes)
                let id = try context.parameters.require("id")
                let run = try await RunDesk(state: state).repeated(
                    id,
                    by: context.visitor.name,
                    reason: wanted.reason ?? "",
                    waitsForApproval: wanted.waitForApproval ?? true
                )
                return try Answer.json(run, status: .accepted)
            },
            .post("/queue/{id}/approve") { _, context in
                try change(context) { queue, id throws(RunQueueError) in
                    try queue.approve(id, by: context.visitor.name)
                }
            },
            .post("/queue/{id}/reject") { _, context in
                try change(context) { queue, id throws(RunQueueError) in
                    try queue.reject(id, by: context.visitor.name)
                }
            },
            .post("/queue/{id}/cancel") { _, context in
                try change(context) { queue, id throws(RunQueueError) in try queue.cancel(id) }
            },
            .get("/queue/{id}/events") { request, context in
                let id = try context.parameters.require("id")
                let last = request.headers[named: "Last-Event-ID"].flatMap { Int($0) } ?? 0
                guard state.queue?.run(id) != nil else { throw Problem(.notFound, "there is no queued run \(id)") }
                guard let events = state.queue?.events(of: id, after: last) else {
                    throw Problem(.serviceUnavailable, "too many watch \(id) already")
                }
                return EventStream.response(events)
            },
        ]
    }

    private func change(
        _ context: WebContext,
        _ body: (RunQueue, String) throws(RunQueueError) -> QueuedRun
    ) throws -> Response {
        let id = try context.parameters.require("id")
        guard let queue = state.queue else { throw Problem(.notFound, "there is no queued run \(id)") }
        do {
            return try Answer.json(try body(queue, id), status: .ok)
        } catch let error as RunQueueError {
            throw Problem(error)
        }
    }
}
