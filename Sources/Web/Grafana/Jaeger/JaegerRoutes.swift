import Analysis
import Foundation
import Hummingbird
import Runs
import Telemetry

/// Jaeger's query API v1: what Grafana's built-in Jaeger data source asks for (`spec/wire.md` 5.1).
///
/// `GET /api/traces/{id}` is Tempo's as well: who accepts protobuf gets Tempo's answer.
struct JaegerRoutes: RouteSet {
    private struct Dependency: Encodable {
        var parent: String
        var child: String
        var callCount: Int
    }

    private struct Operation: Encodable {
        var name: String
        var spanKind: String
    }

    // What Jaeger looks back without a parameter.
    private static let lookback: UInt64 = 86_400_000_000_000

    let state: WebState
    let lookups: TraceLookups

    func add(to router: Router<WebContext>) {
        let traces = state.watch.traces
        router.get("api/services") { _, _ in
            try await JaegerAnswer<String>.response { try await traces.services() }
        }
        router.get("api/services/{service}/operations") { _, context in
            try await JaegerAnswer<String>.response {
                let service = context.parameters.get("service") ?? ""
                return try await operations(of: service.removingPercent).map(\.name).unique
            }
        }
        router.get("api/operations") { request, _ in
            try await JaegerAnswer<String>.response {
                let query = FormQuery(request.uri.query)
                guard let service = query["service"] else {
                    throw FeedRefusal.badRequest("parameter service is missing")
                }
                return try await operations(of: service)
                    .filter { query["spanKind"] == nil || $0.kind.name == query["spanKind"] }
                    .map { Operation(name: $0.name, spanKind: $0.kind == .unspecified ? "" : $0.kind.name) }
            }
        }
        router.get("api/traces") { request, _ in
            try await JaegerAnswer<String>.whole { try await search(FormQuery(request.uri.query)) }
        }
        router.get("api/traces/{id}") { request, context in
            let id = context.parameters.get("id") ?? ""
            if TempoTrace.isWanted(by: request) {
                return try await TempoTrace.response(id, from: lookups)
            }
            return try await JaegerAnswer<String>.response {
                let query = FormQuery(request.uri.query)
                // A lookup by id needs no window: it is read in either unit, so that a wrong one is told.
                _ = try query.range(from: "start", to: "end", default: 0..<UInt64.max)
                return [JaegerTrace(try await lookups.trace(id))]
            }
        }
        router.get("api/dependencies") { request, _ in
            try await JaegerAnswer<String>.response { try await dependencies(FormQuery(request.uri.query)) }
        }
    }

    private func operations(of service: String) async throws -> [OperationKey] {
        try await state.watch.traces.operations(of: service)
    }

    /// Traces by their ids where there are some, as Jaeger does: those that are unknown are named, the others answered.
    private func search(_ query: FormQuery) async throws -> JaegerAnswer<JaegerTrace> {
        let ids = query.all("traceID").prefix(JaegerQuery.defaultLimit)
        guard !ids.isEmpty else {
            let found = try await state.watch.traces.traces(matching: JaegerQuery.search(query))
            return JaegerAnswer(data: found.map(JaegerTrace.init))
        }
        var traces: [JaegerTrace] = []
        var missing: [JaegerAnswer<JaegerTrace>.Failure] = []
        for id in ids {
            if let trace = try await lookups.find(id) {
                traces.append(JaegerTrace(trace))
            } else {
                missing.append(.init(msg: "trace not found", traceID: id))
            }
        }
        return JaegerAnswer(data: traces, errors: missing.isEmpty ? nil : missing)
    }

    private func dependencies(_ query: FormQuery) async throws -> [Dependency] {
        let end = try query.time("endTs") ?? state.now()
        var lookback = JaegerRoutes.lookback
        if let text = query["lookback"] {
            guard let milliseconds = UInt64(text), milliseconds < 1 << 42 else {
                throw FeedRefusal.badRequest("lookback must be milliseconds, found \"\(text.prefix(64))\"")
            }
            lookback = milliseconds * 1_000_000
        }
        let service = query["service"]
        return try await state.watch.traces.calls(in: end - min(end, lookback)..<end)
            .filter { service == nil || $0.caller == service || $0.callee == service }
            .map { Dependency(parent: $0.caller, child: $0.callee, callCount: $0.calls) }
    }
}

extension [String] {
    /// In order, each once.
    fileprivate var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
