import Telemetry
import Testing

@testable import OTLP

struct SpanValidationTests {
    struct Fault: CustomTestStringConvertible {
        var what: String
        var named: String
        var write: @Sendable (inout ProtobufWriter) -> Void

        var testDescription: String { what }
    }

    static let faults: [Fault] = [
        Fault(what: "no trace id", named: "trace_id") { $0.bigEndian(2, [1]) },
        Fault(what: "zero trace id", named: "trace_id") {
            $0.bigEndian(1, [0, 0])
            $0.bigEndian(2, [1])
        },
        Fault(what: "short trace id", named: "trace_id") {
            $0.bigEndian(1, [1])
            $0.bigEndian(2, [1])
        },
        Fault(what: "no span id", named: "span_id") { $0.bigEndian(1, [1, 1]) },
        Fault(what: "zero span id", named: "span_id") {
            $0.bigEndian(1, [1, 1])
            $0.bigEndian(2, [0])
        },
        Fault(what: "long span id", named: "span_id") {
            $0.bigEndian(1, [1, 1])
            $0.bigEndian(2, [1, 2])
        },
        Fault(what: "short parent id", named: "parent_span_id") {
            $0.bigEndian(1, [1, 1])
            $0.bigEndian(2, [1])
            $0.bytes(4, [1, 2, 3])
        },
        Fault(what: "name of the wrong type", named: "protobuf") {
            $0.bigEndian(1, [1, 1])
            $0.bigEndian(2, [1])
            $0.fixed64(5, 1)
        },
        Fault(what: "attribute that is cut off", named: "protobuf") {
            $0.bigEndian(1, [1, 1])
            $0.bigEndian(2, [1])
            $0.bytes(9, [0x0A, 0x7F, 0x61])
        },
        Fault(what: "more fields than a span can have", named: "too many fields") {
            for _ in 0..<16_001 { $0.bytes(9, []) }
        },
    ]

    @Test(arguments: faults) func `rejects one span and keeps its neighbours`(fault: Fault) throws {
        let body = WireMessage.request(spans: [WireMessage.valid(7), fault.write, WireMessage.valid(8)])
        let (spans, decoded) = try ExportDecoder.spans(body)
        #expect(spans.map(\.spanID) == [SpanID(7), SpanID(8)])
        #expect(decoded.rejected == 1)
        #expect(decoded.reason.hasPrefix("1 span rejected"))
        #expect(decoded.reason.contains(fault.named))
    }

    @Test func `counts each reason`() throws {
        let body = WireMessage.request(spans: SpanValidationTests.faults.map { fault in { fault.write(&$0) } })
        let (spans, decoded) = try ExportDecoder.spans(body)
        #expect(spans.isEmpty)
        #expect(decoded.rejected == SpanValidationTests.faults.count)
        #expect(decoded.reason.contains("3 spans rejected: trace_id must be 16 bytes and not all zero"))
    }

    @Test func `keeps a span that is merely odd`() throws {
        let body = WireMessage.request(spans: [
            { span in
                span.bigEndian(1, [1, 1])
                span.bigEndian(2, [1])
                span.varint(6, 99)
                span.fixed64(7, 20)
                span.fixed64(8, 10)
                span.varint(12, 3)
                span.bytes(90, [1, 2, 3])
            }
        ])
        let (spans, decoded) = try ExportDecoder.spans(body)
        let span = try #require(spans.first)
        #expect(decoded.rejected == 0)
        #expect(span.name == "unknown")
        #expect(span.kind == .internal)
        #expect(span.start == 20)
        #expect(span.end == 20)
        #expect(span.flags == [.clamped, .incomplete])
        #expect(span.parentID == .none)
    }

    @Test(arguments: [
        (0x000 as UInt32, false), (0x100, false), (0x200, false), (0x300, true), (0x301, true), (0xFFFF_FFFF, true),
    ])
    func `reads bit 9 where bit 8 is set`(flags: UInt32, isRemote: Bool) throws {
        let body = WireMessage.request(spans: [WireMessage.valid(1) { $0.fixed32(16, flags) }])
        #expect(try ExportDecoder.spans(body).spans.first?.flags.contains(.remoteParent) == isRemote)
    }

    @Test func `the resource may come after its spans and in two parts`() throws {
        let body = WireMessage.make { request in
            request.message(1) { resourceSpans in
                resourceSpans.message(1) { resource in
                    WireMessage.attribute(
                        Array("service.name".utf8),
                        { $0.string(1, "first") },
                        to: &resource,
                        field: 1
                    )
                    WireMessage.attribute(Array("host.name".utf8), { $0.string(1, "box") }, to: &resource, field: 1)
                }
                resourceSpans.message(2) { $0.message(2, WireMessage.valid(1)) }
                resourceSpans.message(1) { resource in
                    WireMessage.attribute(Array("service.name".utf8), { $0.string(1, "last") }, to: &resource, field: 1)
                }
            }
            request.message(1) { resourceSpans in
                resourceSpans.message(2) { $0.message(2, WireMessage.valid(2)) }
            }
        }
        let spans = try ExportDecoder.spans(body).spans
        #expect(spans.map(\.service) == ["last", "unknown_service"])
        #expect(spans.map(\.instance) == ["box", ""])
    }

    @Test func `spans inherit what tells versions and places of a service apart`() throws {
        let resource: [(key: String, value: AttributeValue)] = [
            ("service.name", "shop"), ("service.version", "1.2"), ("cloud.region", "eu-1"),
            ("cloud.availability_zone", "eu-1a"), ("process.pid", 7),
        ]
        let body = TraceEncoder.encode([.sample(attributes: [("x", "1")])], resource: resource, scope: "")
        let inherited = ["service.version": "1.2", "cloud.region": "eu-1", "cloud.availability_zone": "eu-1a"]
        let span = try #require(try ExportDecoder.spans(body).spans.first)
        #expect(span.attributes == inherited.merging(["x": "1"]) { $1 })
    }

    @Test func `keeps the links that name a span`() throws {
        let body = WireMessage.request(spans: [
            WireMessage.valid(1) { span in
                span.message(13) { link in
                    link.bigEndian(1, [7, 8])
                    link.bigEndian(2, [9])
                }
                span.message(13) { $0.bigEndian(1, [7, 8]) }
            }
        ])
        let (_, decoded) = try ExportDecoder.spans(body)
        let linked = SpanLink(
            traceID: TraceID(high: 1, low: 1),
            spanID: SpanID(1),
            linkedTraceID: TraceID(high: 7, low: 8),
            linkedSpanID: SpanID(9)
        )
        #expect(decoded.batch.links == [linked])
    }

    @Test func `of equal keys the last value wins`() throws {
        let span = ExportSpan.sample(
            kind: .server,
            attributes: [
                ("http.method", "GET"), ("http.route", "/a"), ("x", "1"), ("y", "2"), ("x", 3), ("http.route", "/b"),
            ]
        )
        let found = try #require(
            try ExportDecoder.spans(TraceEncoder.encode([span], resource: [], scope: "")).spans.first
        )
        #expect(found.name == "GET /b")
        #expect(found.attributes == ["http.method": "GET", "http.route": "/b", "x": "3", "y": "2"])
    }

    @Test func `drops attributes past the limit and says so`() throws {
        let attributes = (0..<1_005).map { (key: "key.\($0)", value: AttributeValue.int(1)) }
        let body = TraceEncoder.encode([.sample(attributes: attributes)], resource: [], scope: "")
        let (spans, decoded) = try ExportDecoder.spans(body)
        let span = try #require(spans.first)
        #expect(span.attributes.count == 1_000)
        #expect(span.flags == [.incomplete])
        #expect(decoded.rejected == 0)
        #expect(decoded.reason.contains("1 span kept without some attributes"))
    }

    @Test func `repairs text and keeps what follows a NUL`() throws {
        let body = WireMessage.request(spans: [
            WireMessage.valid(1) { $0.bytes(5, Array("abc\0def".utf8)) },
            WireMessage.valid(2) { $0.bytes(5, [0xFF, 0xFE, 0x78]) },
            WireMessage.valid(3) { span in
                WireMessage.attribute([0x6B, 0xC3], { $0.bytes(1, [0x61, 0xE2, 0x82, 0x62]) }, to: &span)
            },
        ])
        let spans = try ExportDecoder.spans(body).spans
        try #require(spans.count == 3)
        #expect(spans[0].name == "abc\u{FFFD}def")
        #expect(spans[1].name == "\u{FFFD}\u{FFFD}x")
        #expect(spans[2].attributes == ["k\u{FFFD}": "a\u{FFFD}b"])
    }

    @Test func `takes values of every type`() throws {
        let body = WireMessage.request(spans: [
            WireMessage.valid(1) { span in
                WireMessage.attribute([0x61], { $0.bytes(7, [0xDE, 0xAD]) }, to: &span)
                WireMessage.attribute(
                    [0x62],
                    { any in
                        any.message(5) { array in
                            array.message(1) { $0.explicitString(1, "x") }
                            array.message(1) { $0.explicitVarint(3, UInt64(bitPattern: -5)) }
                            array.message(1) { _ in }
                        }
                    },
                    to: &span
                )
                WireMessage.attribute(
                    [0x63],
                    { any in
                        any.message(6) { map in
                            map.message(1) { pair in
                                pair.explicitString(1, "k")
                                pair.message(2) { $0.explicitVarint(2, 1) }
                            }
                        }
                    },
                    to: &span
                )
                WireMessage.attribute([0x64], { _ in }, to: &span)
                span.message(9) { $0.explicitString(1, "e") }
                WireMessage.attribute([0x66], { $0.explicitVarint(8, 4) }, to: &span)
            }
        ])
        let (spans, decoded) = try ExportDecoder.spans(body)
        #expect(decoded.rejected == 0)
        #expect(spans.first?.flags == [])
        #expect(spans.first?.attributes == ["a": "dead", "b": "[\"x\",-5,null]", "c": "{\"k\":true}"])
    }

    @Test func `reads the class of an error from its last exception event`() throws {
        func event(_ name: String, _ type: String) -> (inout ProtobufWriter) -> Void {
            { event in
                event.string(2, name)
                WireMessage.attribute(Array("exception.type".utf8), { $0.string(1, type) }, to: &event, field: 3)
            }
        }
        let body = WireMessage.request(spans: [
            WireMessage.valid(1) { span in
                span.message(11, event("exception", "First"))
                span.message(11, event("exception", "Last"))
                span.message(11, event("log", "Other"))
                span.message(15) { $0.varint(3, 2) }
            },
            WireMessage.valid(2) { $0.message(11, event("exception", "Handled")) },
        ])
        let spans = try ExportDecoder.spans(body).spans
        #expect(spans.map(\.errorType) == ["Last", ""])
        #expect(spans.map { $0.flags.contains(.error) } == [true, false])
    }
}
