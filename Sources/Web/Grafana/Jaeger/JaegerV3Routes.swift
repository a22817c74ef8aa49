import Hummingbird
import Runs
import Telemetry

/// Jaeger's query API v3, which replaces v1 since August 2026: OTLP JSON, RFC 3339 times.
struct JaegerV3Routes: RouteSet {
    private struct Services: Encodable {
        var services: [String]
    }

    private struct Operations: Encodable {
        struct Operation: Encodable, Hashable {
            var name: String
            var spanKind: String
        }
        var operations: [Operation]
    }

    private struct Dependencies: Encodable {
        struct Dependency: Encodable {
            var parent: String
            var child: String
            /// Text, as protobuf's JSON writes whole numbers of 64 bits.
            var callCount: String
        }
        var dependencies: [Dependency]
    }

    private struct Result: Encodable {
        var result: OTLPTraceJSON
    }

    private struct Summaries: Encodable {
        var summaries: [JaegerTraceSummary]
    }

    private struct Failure: Encodable {
        struct Details: Encodable {
            var httpCode: Int
            var message: String
        }
        var error: Details
    }

    let state: WebState
    let lookups: TraceLookups

    func add(to router: Router<WebContext>) {
        let traces = state.watch.traces
        router.get("api/v3/services") { _, _ in
            try await answer { Services(services: try await traces.services()) }
        }
        router.get("api/v3/operations") { request, _ in
            try await answer { try await operations(FormQuery(request.uri.query)) }
        }
        router.get("api/v3/dependencies") { request, _ in
            try await answer { try await dependencies(FormQuery(request.uri.query)) }
        }
        router.get("api/v3/traces") { request, _ in
            try await answer {
                let wanted = try JaegerQuery.searchV3(FormQuery(request.uri.query))
                let found = try await traces.traces(matching: wanted)
                guard !found.isEmpty else { throw FeedRefusal.notFound("No traces found") }
                return Result(result: OTLPTraceJSON(found))
            }
        }
        router.get("api/v3/traces/{id}") { request, context in
            try await answer {
                let query = FormQuery(request.uri.query)
                for name in ["startTime", "start_time", "endTime", "end_time"] { _ = try query.time(name) }
                guard let trace = try await lookups.find(context.parameters.get("id") ?? "") else {
                    throw FeedRefusal.notFound("No traces found")
                }
                return Result(result: OTLPTraceJSON([trace]))
            }
        }
        router.get("api/v3/trace-summaries") { request, _ in
            try await answer {
                let wanted = try JaegerQuery.searchV3(FormQuery(request.uri.query))
                return Summaries(summaries: try await traces.traces(matching: wanted).map(JaegerTraceSummary.init))
            }
        }
    }

    private func dependencies(_ query: FormQuery) async throws -> Dependencies {
        guard let start = try query.time("startTime") ?? query.time("start_time") else {
            throw FeedRefusal.badRequest("startTime is required")
        }
        guard let end = try query.time("endTime") ?? query.time("end_time") else {
            throw FeedRefusal.badRequest("endTime is required")
        }
        guard start < end else { throw FeedRefusal.badRequest("endTime must be later than startTime") }
        return Dependencies(
            dependencies: try await state.watch.traces.calls(in: start..<end).map {
                .init(parent: $0.caller, child: $0.callee, callCount: String($0.calls))
            }
        )
    }

    private func operations(_ query: FormQuery) async throws -> Operations {
        guard let service = query["service"] else { throw FeedRefusal.badRequest("parameter service is missing") }
        let kind = query.first(of: "spanKind", "span_kind")
        return Operations(
            operations: try await state.watch.traces.operations(of: service)
                .filter { kind == nil || $0.kind.name == kind }
                .map { .init(name: $0.name, spanKind: $0.kind == .unspecified ? "" : $0.kind.name) }
        )
    }

    /// Failures in the shape of gRPC's gateway, which Jaeger answers with here.
    private func answer(_ body: () async throws -> some Encodable) async throws -> Response {
        do {
            return try Answer.json(try await body(), status: .ok)
        } catch let error as CancellationError {
            throw error
        } catch {
            let refusal = FeedRefusal(error)
            return try Answer.json(
                Failure(error: .init(httpCode: refusal.status.code, message: refusal.message)),
                status: refusal.status
            )
        }
    }
}
