import Telemetry
import TestSupport
import Testing

@testable import OTLP

struct HostileInputTests {
    private static let sample: [UInt8] = TraceEncoder.encode(
        [
            .sample(1, name: "GET /items/{id}", kind: .server, attributes: [("http.method", "GET"), ("n", 1.5)]),
            .sample(
                2,
                name: "select",
                kind: .client,
                attributes: [("db.system", "sqlite"), ("db.statement", "SELECT 1")]
            ),
        ],
        resource: [("service.name", "shop")],
        scope: "tests"
    )

    /// An attribute of arrays in arrays.
    private func bomb(levels: Int, field: Int) -> [UInt8] {
        var value: [UInt8] = []
        for _ in 0..<levels {
            let inner = value
            value = WireMessage.make { any in
                any.message(field) { list in
                    if field == 5 {
                        list.bytes(1, inner)
                    } else {
                        list.message(1) { $0.bytes(2, inner) }
                    }
                }
            }
        }
        return WireMessage.request(spans: [
            WireMessage.valid(1) { span in
                WireMessage.attribute([0x62], { $0.raw(value) }, to: &span)
                WireMessage.attribute([0x6F, 0x6B], { $0.string(1, "kept") }, to: &span)
            }
        ])
    }

    @Test(arguments: [300, 5_000], [5, 6]) func `a value nested too deep costs itself`(levels: Int, field: Int) throws {
        let (spans, decoded) = try ExportDecoder.spans(bomb(levels: levels, field: field))
        #expect(decoded.rejected == 0)
        #expect(spans.first?.attributes == ["ok": "kept"])
        #expect(spans.first?.flags == [.incomplete])
    }

    @Test func `nesting up to the limit is kept`() throws {
        #expect(try ExportDecoder.spans(bomb(levels: 32, field: 5)).spans.first?.flags == [])
        #expect(try ExportDecoder.spans(bomb(levels: 33, field: 5)).spans.first?.flags == [.incomplete])
    }

    @Test func `a nested value that is cut off costs itself`() throws {
        let body = WireMessage.request(spans: [
            WireMessage.valid(1) { span in
                WireMessage.attribute([0x62], { $0.bytes(5, [0x0A, 0x7F]) }, to: &span)
            }
        ])
        let (spans, decoded) = try ExportDecoder.spans(body)
        #expect(decoded.rejected == 0)
        #expect(spans.first?.flags == [.incomplete])
    }

    @Test func `a flood of empty spans is refused before it is decoded`() {
        let flood = WireMessage.flood([0x12, 0x00], byteCount: 4 << 20)
        let body = WireMessage.make { $0.message(1) { $0.bytes(2, flood) } }
        #expect(throws: WireError.tooLarge("more than 200000 spans in one request: send smaller batches")) {
            try ExportDecoder.spans(body)
        }
    }

    @Test(arguments: [0, 1, 2]) func `a flood of empty fields around the spans is refused`(depth: Int) {
        var flood = WireMessage.flood([0x1A, 0x00], byteCount: 4 << 20)
        for level in 0..<depth {
            let inner = flood
            flood = WireMessage.make { $0.bytes(level == depth - 1 ? 1 : 2, inner) }
        }
        let body = flood
        #expect {
            try ExportDecoder.spans(body)
        } throws: { error in
            if case .tooLarge = error as? WireError { true } else { false }
        }
    }

    @Test func `an event that would blow up in memory costs itself`() throws {
        // protobuf-c keeps unknown fields, so a flood of them inside one event meets the arena's budget.
        let unknown = WireMessage.flood([0x7A, 0x00], byteCount: 400_000)
        let body = WireMessage.request(spans: [
            WireMessage.valid(1) { $0.bytes(11, unknown) }, WireMessage.valid(2),
        ])
        var limits = DecodingLimits()
        limits.arenaBytes = 1 << 20
        let (spans, decoded) = try ExportDecoder.spans(body, limits: limits)
        #expect(spans.map(\.spanID) == [SpanID(1), SpanID(2)])
        #expect(decoded.batch.events.isEmpty)
    }

    @Test func `unknown fields in an attribute are passed over`() throws {
        let unknown = WireMessage.flood([0x7A, 0x00], byteCount: 400_000)
        let body = WireMessage.request(spans: [WireMessage.valid(1) { $0.bytes(9, unknown) }])
        #expect(try ExportDecoder.spans(body).spans.count == 1)
    }

    @Test func `a body over the limit is refused`() {
        var limits = DecodingLimits()
        limits.bodyBytes = 10
        #expect(throws: WireError.tooLarge("the body has 11 bytes, more than 10")) {
            try ExportDecoder.spans([UInt8](repeating: 0, count: 11), limits: limits)
        }
    }

    @Test func `a request cut anywhere is malformed or has fewer spans`() throws {
        let body = HostileInputTests.sample
        for length in 0..<body.count {
            let prefix = Array(body[..<length])
            if length == 0 {
                #expect(try ExportDecoder.spans(prefix).spans.isEmpty)
            } else {
                #expect {
                    try ExportDecoder.spans(prefix)
                } throws: { error in
                    if case .malformed = error as? WireError { true } else { false }
                }
            }
        }
        #expect(try ExportDecoder.spans(body).spans.count == 2)
    }

    @Test(arguments: ["{\"resourceSpans\":[]}", "GET / HTTP/1.1\r\n", "\u{FF}\u{FF}\u{FF}"])
    func `text is malformed`(text: String) {
        #expect {
            try ExportDecoder.spans(Array(text.utf8))
        } throws: { error in
            if case .malformed = error as? WireError { true } else { false }
        }
    }

    @Test func `random bytes never crash and never lose count`() throws {
        var random = SeededGenerator(seed: 42)
        let decoder = ExportDecoder(vocabulary: Vocabulary())
        var answered = 0
        for _ in 0..<20_000 {
            let bytes = (0..<(random.next() % 64)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            do throws(WireError) {
                let decoded = try decoder.decode(bytes)
                #expect((decoded.rejected > 0) == decoded.reason.contains("rejected"))
                answered += 1
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        // The empty body and small well-formed ones are among them.
        #expect(answered > 0)
    }

    @Test func `damaged requests never crash and every span is accounted for`() throws {
        var random = SeededGenerator(seed: 7)
        let decoder = ExportDecoder(vocabulary: Vocabulary())
        var accepted = 0
        for _ in 0..<8_000 {
            var body = HostileInputTests.sample
            for _ in 0...(random.next() % 3) {
                body[Int(random.next() % UInt64(body.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            do throws(WireError) {
                let decoded = try decoder.decode(body)
                accepted += decoded.batch.spans.count
                #expect(decoded.rejected + decoded.batch.spans.count <= body.count / 2)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(accepted > 500)
    }
}
