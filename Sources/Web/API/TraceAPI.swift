import HTTPTypes
import Hummingbird
import Runs
import Telemetry

/// Traces that can still be shown.
struct TraceAPI: APIRoutes {
    let state: WebState

    var routes: [APIRoute] {
        [
            .get("/traces") { request, _ in
                let traces = try await state.watch.traces.traces(matching: try TraceAPI.query(request))
                return try Answer.json(ListJSON(traces), for: request)
            },
            .get("/traces/{id}") { request, context in
                let text = try context.parameters.require("id")
                guard let id = TraceID(hex: text) else {
                    throw Problem(.badRequest, "a trace id has 32 hex digits; found \(text.prefix(64))")
                }
                guard let trace = try await state.watch.traces.trace(id) else {
                    throw Problem(.notFound, "the trace \(id.hex) is unknown or forgotten")
                }
                return try Answer.json(trace, for: request)
            },
            .get("/services") { request, _ in
                try Answer.json(ListJSON(try await state.watch.traces.services()), for: request)
            },
        ]
    }

    /// `service`, `operation`, `tags` as `name=value`, `minMs`, `maxMs`, `errors`, `from`, `to`, `limit`.
    static func query(_ request: Request) throws -> TraceQuery {
        let query = Query(request)
        var wanted = TraceQuery()
        wanted.service = query.text("service")
        wanted.operation = query.text("operation")
        if query.text("errors") != nil { wanted.attributes["error"] = "true" }
        for tag in (query.text("tags") ?? "").split(separator: " ").prefix(20) {
            let parts = tag.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { throw Problem(.badRequest, "tags must be name=value; found \(tag)") }
            wanted.attributes[String(parts[0])] = String(parts[1])
        }
        wanted.range = try query.range()
        let least = try milliseconds("minMs", query) ?? 0
        let most = try milliseconds("maxMs", query) ?? UInt64.max
        guard least <= most else { throw Problem(.badRequest, "minMs must not be above maxMs") }
        wanted.durations = least...most
        wanted.limit = try query.limit(default: 20)
        return wanted
    }

    private static func milliseconds(_ name: String, _ query: Query) throws -> UInt64? {
        guard let text = query.text(name) else { return nil }
        guard let value = Double(text), value >= 0, value < 1e12 else {
            throw Problem(.badRequest, "\(name) must be milliseconds; found \(text)")
        }
        return UInt64(value * 1e6)
    }
}
