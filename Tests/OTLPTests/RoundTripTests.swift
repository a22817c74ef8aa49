import OTLP
import Telemetry
import Testing

struct RoundTripTests {
    @Test func `every field arrives`() throws {
        let span = ExportSpan(
            traceID: TraceID(high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10),
            spanID: SpanID(0x1112_1314_1516_1718),
            parentID: SpanID(0x2122_2324_2526_2728),
            name: "GET /items/{id}",
            kind: .server,
            startNanoseconds: 1_700_000_000_000_000_001,
            endNanoseconds: 1_700_000_000_000_500_002,
            attributes: [
                ("http.request.method", "GET"), ("http.route", "/items/{id}"), ("http.response.status_code", 500),
                ("a.double", 1.5), ("a.bool", true), ("a.negative", -7),
            ],
            errorMessage: "boom",
            errorType: "Timeout",
            isParentRemote: true
        )
        let body = TraceEncoder.encode(
            [span],
            resource: [("service.name", "shop"), ("service.instance.id", "shop-1"), ("host.name", "h")],
            scope: "tests"
        )
        let (spans, decoded) = try ExportDecoder.spans(body)
        let found = try #require(spans.first)
        #expect(decoded.rejected == 0)
        #expect(decoded.reason.isEmpty)
        #expect(spans.count == 1)
        #expect(found.traceID == span.traceID)
        #expect(found.spanID == span.spanID)
        #expect(found.parentID == span.parentID)
        #expect(found.service == "shop")
        #expect(found.name == "GET /items/{id}")
        #expect(found.kind == .server)
        #expect(found.start == span.startNanoseconds)
        #expect(found.end == span.endNanoseconds)
        #expect(found.errorType == "Timeout")
        #expect(found.instance == "shop-1")
        #expect(found.flags == [.error, .remoteParent])
        #expect(
            found.attributes == [
                "http.request.method": "GET", "http.route": "/items/{id}", "http.response.status_code": "500",
                "a.double": "1.5", "a.bool": "true", "a.negative": "-7", "error.type": "Timeout",
            ]
        )
    }

    @Test func `a span without a service belongs to an unknown one`() throws {
        let (spans, _) = try ExportDecoder.spans(TraceEncoder.encode([.sample()], resource: [], scope: ""))
        #expect(spans.first?.service == "unknown_service")
        #expect(spans.first?.instance == "")
        #expect(spans.first?.flags == [])
    }

    @Test(arguments: 0..<20 as Range<UInt64>) func `any spans arrive`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let sent = (0..<50).map { number in
            let start = random.next() >> 2
            return ExportSpan(
                traceID: TraceID(high: random.next(), low: random.next() | 1),
                spanID: SpanID(random.next() | 1),
                parentID: SpanID(random.next() % 3 == 0 ? 0 : random.next()),
                name: "step-\(number % 7)",
                kind: SpanKind.allCases.filter { $0 != .unspecified }.randomElement(using: &random) ?? .internal,
                startNanoseconds: start,
                endNanoseconds: start + random.next() >> 30,
                attributes: (0..<(random.next() % 12)).map { ("key.\($0)", .string("v\(random.next() % 9)")) },
                isParentRemote: random.next() % 2 == 0
            )
        }
        let (found, decoded) = try ExportDecoder.spans(TraceEncoder.encode(sent, resource: [], scope: "s"))
        #expect(decoded.rejected == 0)
        try #require(found.count == sent.count)
        for (sent, found) in zip(sent, found) {
            #expect(found.traceID == sent.traceID)
            #expect(found.spanID == sent.spanID)
            #expect(found.parentID == sent.parentID)
            #expect(found.name == sent.name)
            #expect(found.kind == sent.kind)
            #expect(found.start == sent.startNanoseconds)
            #expect(found.end == max(sent.startNanoseconds, sent.endNanoseconds))
            #expect(found.flags.contains(.remoteParent) == sent.isParentRemote)
            #expect(
                found.attributes == Dictionary(uniqueKeysWithValues: sent.attributes.map { ($0.key, $0.value.text) })
            )
        }
    }

    @Test func `an empty request is fine`() throws {
        let (spans, decoded) = try ExportDecoder.spans([])
        #expect(spans.isEmpty)
        #expect(decoded.rejected == 0)
    }

    @Test func `one vocabulary serves many requests`() throws {
        let vocabulary = Vocabulary()
        let decoder = ExportDecoder(vocabulary: vocabulary)
        let body = TraceEncoder.encode([.sample(name: "a"), .sample(2, name: "b")], resource: [], scope: "")
        let first = try decoder.decode(body).batch.spans
        let second = try decoder.decode(body).batch.spans
        #expect(first.operation == second.operation)
        #expect(first.operation[0] != first.operation[1])
    }
}
