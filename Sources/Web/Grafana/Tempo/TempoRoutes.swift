import Foundation
import Hummingbird
import Runs
import Telemetry

/// Tempo's HTTP API as far as Grafana needs it to find and show a trace (`spec/wire.md` 5.2).
struct TempoRoutes: RouteSet {
    private struct Tags: Encodable {
        struct Scope: Encodable {
            var name: String
            var tags: [String]
        }
        var scopes: [Scope]
    }

    private struct Values: Encodable {
        struct Value: Encodable {
            var type = "string"
            var value: String
        }
        var tagValues: [Value]
    }

    // Traces that are looked through for names and values of attributes.
    private static let sample = 200
    private static let valueLimit = 1_000

    let state: WebState
    let lookups: TraceLookups

    func add(to router: Router<WebContext>) {
        router.get("api/echo") { _, _ in "echo" }
        router.get("api/v2/traces/{id}") { _, context in
            try await TempoTrace.wrappedResponse(context.parameters.get("id") ?? "", from: lookups)
        }
        router.get("api/search") { request, _ in
            try await TempoAnswer.response {
                let query = FormQuery(request.uri.query)
                let wanted = try TempoQuery.search(query)
                let found = try await state.watch.traces.traces(matching: wanted)
                let spans = try query.limit(["spss"], default: 3, most: 100)
                return try Answer.json(TempoSearchAnswer(found, matching: wanted, spans: spans), status: .ok)
            }
        }
        router.get("api/v2/search/tags") { request, _ in
            try await TempoAnswer.response {
                try Answer.json(try await tags(scope: FormQuery(request.uri.query)["scope"]), status: .ok)
            }
        }
        router.get("api/v2/search/tag/{name}/values") { request, context in
            try await TempoAnswer.response {
                let name = context.parameters.get("name") ?? ""
                let values = try await values(of: name.removingPercent)
                return try Answer.json(
                    Values(tagValues: values.prefix(TempoRoutes.valueLimit).map { .init(value: $0) }),
                    status: .ok
                )
            }
        }
    }

    private func tags(scope: String?) async throws -> Tags {
        var resource: Set<String> = ["service.name"]
        var span: Set<String> = []
        for document in try await recent() {
            for item in document.spans {
                resource.formUnion(item.resource.attributes.keys)
                span.formUnion(item.ownAttributes.keys)
            }
        }
        let scopes = [
            Tags.Scope(name: "resource", tags: resource.sorted()),
            Tags.Scope(name: "span", tags: span.sorted()),
            Tags.Scope(name: "intrinsic", tags: ["duration", "name", "status"]),
        ]
        return Tags(scopes: scopes.filter { scope == nil || scope == "none" || $0.name == scope })
    }

    /// `name` as Grafana asks, with or without its scope.
    private func values(of name: String) async throws -> [String] {
        let scope = ["resource.", "span.", "intrinsic.", "."].first { name.hasPrefix($0) } ?? ""
        let bare = String(name.dropFirst(scope.count))
        switch bare {
        case "service.name", "rootServiceName":
            return try await state.watch.traces.services()
        case "status":
            return ["error", "ok", "unset"]
        case "name", "rootName":
            var names: Set<String> = []
            for service in try await state.watch.traces.services() {
                names.formUnion(try await state.watch.traces.operations(of: service).map(\.name))
            }
            return names.sorted()
        default:
            return Set(try await recent().flatMap { $0.spans.compactMap { $0.attributes[bare] } }).sorted()
        }
    }

    private func recent() async throws -> [TraceDocument] {
        var query = TraceQuery()
        query.limit = TempoRoutes.sample
        return try await state.watch.traces.traces(matching: query)
    }
}
