import Exporters
import OTLP
import Telemetry
import Testing

@Suite(.timeLimit(.minutes(1)))
struct OTLPExporterTests {
    private static let quick = ExporterSettings(
        batchSize: 100,
        flushInterval: .milliseconds(5),
        attempts: 3,
        firstBackoff: .milliseconds(1),
        longestBackoff: .milliseconds(5),
        shutdownTimeout: .seconds(20)
    )

    private static func exporter(to endpoint: String, _ settings: ExporterSettings = quick) -> OTLPExporter {
        OTLPExporter(endpoint: endpoint, resource: ["service.name": "shop"], settings: settings)
    }

    private static func span(_ number: Int) -> ExportSpan {
        ExportSpan(
            traceID: TraceID(high: 1, low: UInt64(number + 1)),
            spanID: SpanID(UInt64(number + 1)),
            name: "work",
            kind: .internal,
            startNanoseconds: 1_000,
            endNanoseconds: 2_000
        )
    }

    private static func decodedIDs(_ bodies: [[UInt8]]) throws -> [UInt64] {
        let decoder = ExportDecoder(vocabulary: Vocabulary())
        return try bodies.flatMap { try decoder.decode($0).batch.spans.spanID }
    }

    @Test func `every span arrives once, in batches that decode`() async throws {
        let receiver = try ScriptedReceiver()
        defer { receiver.close() }
        let exporter = Self.exporter(to: receiver.endpoint)
        for number in 0..<1_050 { exporter.record(Self.span(number)) }
        await exporter.shutdown()
        #expect(exporter.exported == 1_050)
        #expect(exporter.dropped == 0)
        #expect(exporter.lastFailure == nil)
        #expect(try Self.decodedIDs(receiver.bodies).sorted() == Array(1...1_050))
        for body in receiver.bodies { #expect(try Self.decodedIDs([body]).count <= 100) }
    }

    @Test func `a small batch does not wait for a full one`() async throws {
        let receiver = try ScriptedReceiver()
        defer { receiver.close() }
        let exporter = Self.exporter(to: receiver.endpoint)
        exporter.record(Self.span(0))
        while exporter.exported == 0 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(try Self.decodedIDs(receiver.bodies) == [1])
        await exporter.shutdown()
    }

    @Test(arguments: [429, 502, 503, 504])
    func `a batch is sent again while the receiver cannot take it`(status: Int) async throws {
        let receiver = try ScriptedReceiver([.init(status: status), .init(status: status), .init()])
        defer { receiver.close() }
        let exporter = Self.exporter(to: receiver.endpoint)
        exporter.record(Self.span(0))
        await exporter.shutdown()
        #expect(exporter.exported == 1)
        #expect(receiver.bodies.count == 3)
        #expect(Set(receiver.bodies).count == 1)
    }

    @Test(arguments: [301, 400, 404, 413, 500])
    func `a batch that was refused is dropped, not sent again`(status: Int) async throws {
        let receiver = try ScriptedReceiver([.init(status: status)])
        defer { receiver.close() }
        let exporter = Self.exporter(to: receiver.endpoint)
        exporter.record(Self.span(0))
        await exporter.shutdown()
        #expect(exporter.dropped == 1)
        #expect(exporter.exported == 0)
        #expect(receiver.bodies.count == 1)
        #expect(exporter.lastFailure?.contains(String(status)) == true)
    }

    @Test func `spans the receiver rejects count as dropped, and are not sent again`() async throws {
        let answer = ExportResponse.success(rejectedSpans: 3, reason: "ids must be 8 bytes")
        let receiver = try ScriptedReceiver([.init(body: answer)])
        defer { receiver.close() }
        var settings = Self.quick
        // One batch: nothing rings before the hundredth span.
        settings.flushInterval = .seconds(3_600)
        let exporter = Self.exporter(to: receiver.endpoint, settings)
        for number in 0..<100 { exporter.record(Self.span(number)) }
        await exporter.shutdown()
        #expect(exporter.exported == 97)
        #expect(exporter.dropped == 3)
        #expect(exporter.lastFailure?.contains("ids must be 8 bytes") == true)
    }

    @Test func `attempts are limited`() async throws {
        let receiver = try ScriptedReceiver([.init(status: 503)])
        defer { receiver.close() }
        let exporter = Self.exporter(to: receiver.endpoint)
        exporter.record(Self.span(0))
        await exporter.shutdown()
        #expect(receiver.bodies.count == 3)
        #expect(exporter.dropped == 1)
    }

    @Test func `a full queue drops and counts`() async throws {
        let receiver = try ScriptedReceiver([.silence])
        defer { receiver.close() }
        var settings = Self.quick
        settings.queueLimit = 10
        settings.batchSize = 10
        settings.shutdownTimeout = .milliseconds(50)
        let exporter = Self.exporter(to: receiver.endpoint, settings)
        for number in 0..<1_000 { exporter.record(Self.span(number)) }
        // Ten wait, and ten more may be on their way already.
        #expect((980...990).contains(exporter.dropped))
        await exporter.shutdown()
        #expect(exporter.dropped == 1_000)
        #expect(exporter.exported == 0)
    }

    @Test func `shutdown ends although the receiver never answers`() async throws {
        let receiver = try ScriptedReceiver([.silence])
        defer { receiver.close() }
        var settings = Self.quick
        settings.requestTimeout = .seconds(3_600)
        settings.shutdownTimeout = .milliseconds(50)
        let exporter = Self.exporter(to: receiver.endpoint, settings)
        for number in 0..<250 { exporter.record(Self.span(number)) }
        await exporter.shutdown()
        #expect(exporter.dropped == 250)
        #expect(exporter.lastFailure != nil)
    }

    @Test func `a receiver that is not there costs the spans and nothing else`() async throws {
        let receiver = try ScriptedReceiver()
        receiver.close()
        let exporter = Self.exporter(to: receiver.endpoint)
        for number in 0..<250 { exporter.record(Self.span(number)) }
        await exporter.shutdown()
        #expect(exporter.dropped == 250)
        #expect(exporter.lastFailure != nil)
    }

    @Test func `nothing is taken after shutdown`() async throws {
        let receiver = try ScriptedReceiver()
        defer { receiver.close() }
        let exporter = Self.exporter(to: receiver.endpoint)
        await exporter.shutdown()
        exporter.record(Self.span(0))
        await exporter.shutdown()
        #expect(exporter.dropped == 1)
        #expect(receiver.bodies.isEmpty)
    }

    @Test(arguments: UInt64(0)..<8)
    func `every span is exported or dropped, whatever the receiver answers`(seed: UInt64) async throws {
        var random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        let script = (0..<40).map { _ in
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return ScriptedReceiver.Answer(status: [200, 200, 400, 429, 500, 503][Int(random >> 33) % 6])
        }
        let receiver = try ScriptedReceiver(script)
        defer { receiver.close() }
        var settings = Self.quick
        settings.batchSize = 7
        let exporter = Self.exporter(to: receiver.endpoint, settings)
        for number in 0..<200 { exporter.record(Self.span(number)) }
        await exporter.shutdown()
        #expect(exporter.exported + exporter.dropped == 200)
        let arrived = try Set(Self.decodedIDs(receiver.bodies))
        #expect(exporter.exported <= arrived.count)
    }
}
