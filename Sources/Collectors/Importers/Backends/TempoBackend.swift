package import Curl
import FoundationEssentials
import OTLP
package import Telemetry

/// Grafana Tempo's HTTP API: a trace by its id as OTLP protobuf, a search for ids by service and time.
package struct TempoBackend: TraceBackend {
    private struct Found: Decodable {
        struct Trace: Decodable {
            var traceID: String
        }
        var traces: [Trace]?
    }

    private let requests: BackendRequests
    private let importer: TraceImporter

    /// `url` is Tempo's address, such as `http://127.0.0.1:3200`; a tenant goes into `headers` as `X-Scope-OrgID`.
    package init(url: String, client: HTTPClient, importer: TraceImporter, headers: [HTTPHeader] = []) {
        requests = BackendRequests(url: url, client: client, headers: headers)
        self.importer = importer
    }

    package func trace(_ id: TraceID) async throws(ImportError) -> TraceImporter.Result? {
        // Version 2 wraps the trace in a message, and answers 200 with an empty one when it has none.
        if let answer = try await requests.get("/api/v2/traces/\(id.hex)", accept: "application/protobuf") {
            guard let trace = try TempoBackend.trace(in: answer.body), !trace.isEmpty else { return nil }
            return try importer.read(trace, as: .otlpProtobuf)
        }
        guard let answer = try await requests.get("/api/traces/\(id.hex)", accept: "application/protobuf") else {
            return nil
        }
        return answer.body.isEmpty ? nil : try importer.read(answer.body, as: .otlpProtobuf)
    }

    package func search(
        service: String,
        from start: UInt64,
        to end: UInt64,
        limit: Int
    ) async throws(ImportError) -> [TraceImporter.Result] {
        let tags = PercentEncoding.text("service.name=\"\(service.filter { $0 != "\"" && $0 != "\\" })\"")
        // Tempo counts seconds, and leaves out what begins in the last one.
        let path =
            "/api/search?tags=\(tags)&start=\(start / 1_000_000_000)&end=\(end / 1_000_000_000 + 1)"
            + "&limit=\(min(max(limit, 1), 10_000))"
        return try await traces(foundAt: path, limit: limit)
    }

    /// The traces that a search, such as `/api/search?q={}`, finds; `limit` of them at most.
    func traces(foundAt path: String, limit: Int) async throws(ImportError) -> [TraceImporter.Result] {
        guard let answer = try await requests.get(path, accept: "application/json") else { return [] }
        let found: Found
        do {
            found = try JSONDecoder().decode(Found.self, from: Data(answer.body))
        } catch {
            throw .backend("Tempo's search answer cannot be read: \(error)")
        }
        var results: [TraceImporter.Result] = []
        for trace in (found.traces ?? []).prefix(limit) {
            // Tempo leaves leading zeros out.
            guard let id = ImportedIdentifiers.trace(trace.traceID), let result = try await self.trace(id) else {
                continue
            }
            results.append(result)
        }
        return results
    }

    /// Field 1 of `TraceByIDResponse`: a `Trace`, whose fields are those of an OTLP request.
    private static func trace(in body: [UInt8]) throws(ImportError) -> [UInt8]? {
        let trace: [UInt8]?? = body.withUnsafeBytes { bytes in
            do throws(WireError) {
                var reader = WireReader(bytes)
                while let field = try reader.next() {
                    if field.number == 1 { return .some(Array(try field.message())) }
                }
                return .some(nil)
            } catch {
                return nil
            }
        }
        guard let trace else { throw .backend("Tempo's answer is no TraceByIDResponse") }
        return trace
    }
}
