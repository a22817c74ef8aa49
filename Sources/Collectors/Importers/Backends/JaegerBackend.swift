package import Curl
package import Telemetry

/// Jaeger's query service, by the HTTP API its UI and Grafana use; where that is gone (v2 of August 2026), by `/api/v3`.
package struct JaegerBackend: TraceBackend {
    private let requests: BackendRequests
    private let importer: TraceImporter

    /// `url` is the query service's address, such as `http://127.0.0.1:16686`.
    package init(url: String, client: HTTPClient, importer: TraceImporter, headers: [HTTPHeader] = []) {
        requests = BackendRequests(url: url, client: client, headers: headers)
        self.importer = importer
    }

    package func trace(_ id: TraceID) async throws(ImportError) -> TraceImporter.Result? {
        if let answer = try await requests.get("/api/traces/\(id.hex)", accept: "application/json") {
            return try importer.read(answer.body, as: .jaegerJSON)
        }
        guard let answer = try await requests.get("/api/v3/traces/\(id.hex)", accept: "application/json") else {
            return nil
        }
        return try importer.read(try JaegerBackend.request(in: answer.body), as: .otlpJSON)
    }

    package func search(
        service: String,
        from start: UInt64,
        to end: UInt64,
        limit: Int
    ) async throws(ImportError) -> [TraceImporter.Result] {
        let limit = min(max(limit, 1), 1_500)
        let path =
            "/api/traces?service=\(PercentEncoding.text(service))"
            + "&start=\(start / 1_000)&end=\(end / 1_000)&limit=\(limit)"
        guard let answer = try await requests.get(path, accept: "application/json") else { return [] }
        return [try importer.read(answer.body, as: .jaegerJSON)]
    }

    /// What stands in `{"result": …}`, an OTLP request in JSON.
    private static func request(in body: [UInt8]) throws(ImportError) -> [UInt8] {
        let opening = Array("\"result\"".utf8)
        guard let found = body.indices.first(where: { body[$0...].starts(with: opening) }),
            let start = body[(found + opening.count)...].firstIndex(of: UInt8(ascii: "{")),
            let end = body.lastIndex(of: UInt8(ascii: "}")), start < end
        else { throw .backend("Jaeger's answer has no result") }
        return Array(body[start..<end])
    }
}
