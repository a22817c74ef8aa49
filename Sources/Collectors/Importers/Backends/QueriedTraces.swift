package import Curl
import Telemetry

/// Traces that an address answers with: a Jaeger or Zipkin query, a file on a server, or a Tempo search.
///
/// The address is the query, as it would be typed; `/api/search` is Tempo's, whose answer names traces that are then
/// fetched one by one. Anything else is told by what comes back.
package struct QueriedTraces: Sendable {
    private let client: HTTPClient
    private let importer: TraceImporter

    /// Traces fetched for one search.
    private static let traceLimit = 10_000

    package init(client: HTTPClient, importer: TraceImporter) {
        self.client = client
        self.importer = importer
    }

    package func read(_ url: String) async throws(ImportError) -> [TraceImporter.Result] {
        if let search = url.firstRange(of: "/api/search") {
            let tempo = TempoBackend(url: String(url[..<search.lowerBound]), client: client, importer: importer)
            return try await tempo.traces(foundAt: String(url[search.lowerBound...]), limit: Self.traceLimit)
        }
        let requests = BackendRequests(url: url, client: client, headers: [])
        guard let answer = try await requests.get("", accept: "application/json, application/protobuf") else {
            throw .backend("the server answered 404")
        }
        return [try importer.read(answer.body)]
    }
}
