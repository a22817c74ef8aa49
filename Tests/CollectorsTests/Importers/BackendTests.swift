import Collectors
import Curl
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import OTLP

@Suite struct BackendTests {
    private let id = TraceID(high: 1, low: 2)

    private func importer() -> TraceImporter {
        TraceImporter(decoder: ExportDecoder(vocabulary: Vocabulary()))
    }

    private var request: [UInt8] {
        let span = ExportSpan(
            traceID: id,
            spanID: SpanID(7),
            name: "a",
            kind: .server,
            startNanoseconds: 10,
            endNanoseconds: 20
        )
        return TraceEncoder.encode([span], resource: [("service.name", .string("s"))], scope: "")
    }

    private func jaegerTrace(_ id: TraceID) -> String {
        #"{"traceID":"\#(id.hex)","spans":[{"traceID":"\#(id.hex)","spanID":"7","operationName":"a","#
            + #""startTime":1000000,"duration":5,"processID":"p"}],"processes":{"p":{"serviceName":"s"}}}"#
    }

    @Test func `Jaeger: a trace by its id, none, and a search in microseconds`() async throws {
        let server = try LoopbackServer { [id] request in
            if request.target == "/api/traces/\(id.hex)" {
                return .answer(body: Array(#"{"data":[\#(self.jaegerTrace(id))]}"#.utf8))
            }
            let search = "/api/traces?service=check%20out&start=1000&end=2000&limit=5"
            if request.target == search {
                let other = self.jaegerTrace(TraceID(high: 3, low: 4))
                return .answer(body: Array(#"{"data":[\#(self.jaegerTrace(id)),\#(other)]}"#.utf8))
            }
            return .answer(status: 404, body: Array(#"{"data":null,"errors":[{"code":404}]}"#.utf8))
        }
        defer { server.stop() }
        let jaeger = JaegerBackend(url: "http://127.0.0.1:\(server.port)", client: HTTPClient(), importer: importer())
        let found = try #require(try await jaeger.trace(id))
        #expect(found.batch.spans.traceID(of: 0) == id)
        #expect(try await jaeger.trace(TraceID(high: 9, low: 9)) == nil)
        let searched = try await jaeger.search(service: "check out", from: 1_000_000, to: 2_000_000, limit: 5)
        #expect(searched.map(\.batch.spans.count) == [2])
    }

    @Test func `Jaeger without its old API is asked by version 3`() async throws {
        let hex = id.hex
        let server = try LoopbackServer { request in
            guard request.target == "/api/v3/traces/\(hex)" else { return .answer(status: 404, body: []) }
            let body =
                #"{"result":{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"\#(hex)","#
                + #""spanId":"00f067aa0ba902b7","name":"a","kind":2,"startTimeUnixNano":"1","endTimeUnixNano":"2"}]}]}]}}"#
            return .answer(body: Array(body.utf8))
        }
        defer { server.stop() }
        let jaeger = JaegerBackend(url: "http://127.0.0.1:\(server.port)", client: HTTPClient(), importer: importer())
        #expect(try await jaeger.trace(id)?.batch.spans.traceID(of: 0) == id)
    }

    @Test func `Tempo: version 2 wraps the trace, 404 means version 1, a search gives ids`() async throws {
        let trace = request
        var wrapped = ProtobufWriter()
        wrapped.message(1) { $0.raw(trace) }
        let answer = wrapped.bytes
        let server = try LoopbackServer { [id] request in
            switch request.target {
            case "/api/v2/traces/\(id.hex)": return .answer(body: answer)
            case "/api/v2/traces/\(TraceID(high: 0, low: 5).hex)": return .answer(body: [])
            case "/api/traces/\(TraceID(high: 3, low: 4).hex)": return .answer(body: trace)
            case let target where target.hasPrefix("/api/search?tags=service.name%3D%22s%22&start=1&end=3&limit=2"):
                // Without leading zeros, as Tempo writes them.
                let short = "1\(String(repeating: "0", count: 15))2"
                return .answer(body: Array(#"{"traces":[{"traceID":"\#(short)"}],"metrics":{}}"#.utf8))
            default: return .answer(status: 404, body: [])
            }
        }
        defer { server.stop() }
        let tempo = TempoBackend(url: "http://127.0.0.1:\(server.port)", client: HTTPClient(), importer: importer())
        #expect(try await tempo.trace(id)?.batch.spans.count == 1)
        #expect(try await tempo.trace(TraceID(high: 3, low: 4))?.batch.spans.count == 1)
        #expect(try await tempo.trace(TraceID(high: 0, low: 5)) == nil)
        #expect(try await tempo.trace(TraceID(high: 9, low: 9)) == nil)
        let found = try await tempo.search(service: "s", from: 1_000_000_000, to: 2_000_000_000, limit: 2)
        #expect(found.map(\.batch.spans.count) == [1])
    }

    @Test func `what a backend refuses is passed on`() async throws {
        let server = try LoopbackServer { _ in .answer(status: 500, body: Array("no shard".utf8)) }
        defer { server.stop() }
        let url = "http://127.0.0.1:\(server.port)"
        let tempo = TempoBackend(url: url, client: HTTPClient(), importer: importer())
        await #expect(throws: ImportError.backend("\(url) answered 500: no shard")) { _ = try await tempo.trace(id) }
    }
}
