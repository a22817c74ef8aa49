import Collectors
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import OTLP

@Suite struct TraceImporterTests {
    private let vocabulary = Vocabulary()

    private func importer() -> TraceImporter { TraceImporter(decoder: ExportDecoder(vocabulary: vocabulary)) }

    private func fixture(_ name: String) throws -> [UInt8] {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.deletingLastPathComponent().deletingLastPathComponent().appending(
            path: "fixtures/imports/" + name
        )
        return [UInt8](try Data(contentsOf: file))
    }

    /// The row of the one span with this id.
    private func row(_ id: UInt64, _ spans: SpanTable) throws -> Int {
        try #require(spans.indices.first { spans.spanID[$0] == id }, "no span \(id)")
    }

    private func operation(_ row: Int, _ spans: SpanTable) -> OperationKey {
        vocabulary.operation(spans.operation[row])
    }

    @Test func `Jaeger: short ids, references, errors and microseconds`() throws {
        let result = try importer().read(fixture("jaeger.json"))
        #expect(result.format == .jaegerJSON)
        #expect(result.rejected == 1)
        #expect(result.reason.contains("not hex"))
        let spans = result.batch.spans
        #expect(spans.count == 2)
        let root = try row(0x07ad_6b71_6920_3331, spans)
        #expect(spans.traceID(of: root).hex == "0af7651916cd43dd8448eb211c80319c")
        #expect(operation(root, spans).service == "checkout")
        #expect(operation(root, spans).name == "GET /checkout")
        #expect(spans.kind[root] == .server)
        #expect(spans.startNanoseconds[root] == 1_700_000_000_000_000_000)
        #expect(spans.durationNanoseconds(of: root) == 250_000_000)
        #expect(spans.flags[root].contains(.error))
        let query = try row(0x00f0_67aa_0ba9_02b7, spans)
        #expect(spans.parentID[query] == 0x07ad_6b71_6920_3331)
        #expect(spans.kind[query] == .client)
        // Redacted on the way in, as if it had been received.
        #expect(vocabulary.string(spans.statement[query]) == "SELECT * FROM orders WHERE id = ?")
    }

    @Test func `Zipkin: a shared span becomes two, and what the server calls is the server's child`() throws {
        let result = try importer().read(fixture("zipkin.json"))
        #expect(result.format == .zipkinJSON)
        #expect(result.rejected == 1)
        let spans = result.batch.spans
        #expect(spans.count == 3)
        #expect(spans.traceID(of: 0).hex == "00000000000000005af7183fb1d4cf5f")
        let client = try row(0x6b22_1d5b_c9e6_496c, spans)
        let query = try row(0xabc, spans)
        let server = try #require(spans.indices.first { spans.kind[$0] == .server })
        #expect(spans.kind[client] == .client)
        #expect(spans.parentID[server] == spans.spanID[client])
        #expect(spans.spanID[server] != spans.spanID[client])
        #expect(spans.parentID[query] == spans.spanID[server])
        #expect(spans.flags[server].contains(.error))
    }

    @Test func `Application Insights: requests and dependencies, weights and exceptions`() throws {
        let result = try importer().read(fixture("application-insights.json"))
        #expect(result.format == .applicationInsights)
        #expect(result.rejected == 1, "an id from before W3C Trace Context")
        let spans = result.batch.spans
        #expect(spans.count == 2)
        let request = try row(0xb7ad_6b71_6920_3331, spans)
        #expect(spans.kind[request] == .server)
        #expect(spans.parentID[request] == 0)
        #expect(spans.startNanoseconds[request] == 1_787_220_672_123_456_700)
        #expect(spans.durationNanoseconds(of: request) == 12_500_000)
        #expect(abs(spans.weight[request] - 4) < 1e-3)
        let query = try row(0x00f0_67aa_0ba9_02b7, spans)
        #expect(spans.parentID[query] == spans.spanID[request])
        #expect(spans.flags[query].contains(.error))
        #expect(vocabulary.string(spans.errorType[query]) == "System.Data.SqlClient.SqlException")
        #expect(vocabulary.string(spans.statement[query]) == "SELECT name FROM orders WHERE id = ?")
    }

    @Test func `OTLP protobuf: one request, or many behind their lengths`() throws {
        func request(_ id: UInt64) -> [UInt8] {
            let span = ExportSpan(
                traceID: TraceID(high: 1, low: id),
                spanID: SpanID(id),
                name: "a",
                kind: .server,
                startNanoseconds: 10,
                endNanoseconds: 20
            )
            return TraceEncoder.encode([span], resource: [("service.name", .string("s"))], scope: "")
        }
        #expect(try importer().read(request(7)).batch.spans.spanID == [7])
        let framed: [UInt8] = (UInt64(1)...3).flatMap { id -> [UInt8] in
            [0, 0, 0, UInt8(request(id).count)] + request(id)
        }
        let result = try importer().read(framed)
        #expect(result.format == .otlpProtobuf)
        #expect(result.batch.spans.spanID == [1, 2, 3])
        #expect(throws: ImportError.malformed(.otlpProtobuf, reason: "its last message is cut off")) {
            try importer().read(framed.dropLast())
        }
    }

    @Test func `OTLP JSON: lines, one line, and a printed document`() throws {
        func line(_ id: String) -> String {
            #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","#
                + #""spanId":"\#(id)","name":"a","kind":2,"startTimeUnixNano":"10","endTimeUnixNano":"20"}]}]}]}"#
        }
        let one = line("00f067aa0ba902b7")
        let lines = [one, "", line("00f067aa0ba902b8"), #"{"resourceMetrics":[]}"#].joined(separator: "\n") + "\n"
        #expect(try importer().read(Array(one.utf8)).batch.spans.count == 1)
        #expect(try importer().read(Array(lines.utf8)).batch.spans.count == 2)
        let printed = "{\n" + one.dropFirst().replacing("[{", with: "[\n{\n")
        #expect(try importer().read(Array(printed.utf8)).batch.spans.count == 1)
    }

    @Test(arguments: ["", "hello", "{}", "[]", "{\"a\": 1}", "\u{0}\u{0}", "<html>"])
    func `says that something is no trace file`(text: String) {
        #expect(throws: ImportError.unknownFormat(beginning: text)) { try importer().read(Array(text.utf8)) }
    }

    @Test(arguments: ["jaeger.json", "zipkin.json", "application-insights.json"])
    func `a damaged file is an error or fewer spans, never a crash`(name: String) throws {
        let whole = try fixture(name)
        var random = SeededGenerator(seed: 8)
        for _ in 0..<300 {
            var bytes = Array(whole.prefix(Int.random(in: 0...whole.count, using: &random)))
            for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 32...126, using: &random)
            }
            _ = try? importer().read(bytes)
        }
        #expect(try importer().read(whole).batch.spans.count >= 2)
    }
}
