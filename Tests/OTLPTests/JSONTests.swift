import Foundation
import OTLP
import Telemetry
import Testing

/// OTLP/JSON by the rules of `spec/wire.md` section 1.3.
struct JSONTests {
    private func decode(span fields: String) throws -> (spans: [DecodedSpan], export: DecodedExport) {
        let ids = #""traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708""#
        let span = fields.hasPrefix("!") ? String(fields.dropFirst()) : fields.isEmpty ? ids : ids + "," + fields
        return try decode(#"{"resourceSpans":[{"scopeSpans":[{"spans":[{\#(span)}]}]}]}"#)
    }

    private func decode(_ text: String) throws -> (spans: [DecodedSpan], export: DecodedExport) {
        let vocabulary = Vocabulary()
        let export = try ExportDecoder(vocabulary: vocabulary).decode(Array(text.utf8), .traces, .json)
        let table = export.batch.spans
        return (table.indices.map { DecodedSpan($0, of: table, vocabulary) }, export)
    }

    @Test func `a span reads as it does in protobuf`() throws {
        let span = try #require(
            try decode(
                span: #"""
                    "parentSpanId":"1112131415161718","name":"GET /a","kind":2,"startTimeUnixNano":"1700000000000000001",
                    "endTimeUnixNano":1700000000000000002,"flags":769,"status":{"code":2},
                    "attributes":[{"key":"http.request.method","value":{"stringValue":"GET"}},
                    {"key":"http.route","value":{"stringValue":"/a/{id}"}},{"key":"n","value":{"intValue":"9007199254740993"}},
                    {"key":"m","value":{"intValue":-5}},{"key":"d","value":{"doubleValue":1.5}},
                    {"key":"nan","value":{"doubleValue":"NaN"}},{"key":"b","value":{"boolValue":true}},
                    {"key":"e","value":{}},{"key":"y","value":{"bytesValue":"3q0="}},
                    {"key":"l","value":{"arrayValue":{"values":[{"intValue":1},{}]}}},
                    {"key":"k","value":{"kvlistValue":{"values":[{"key":"x","value":{"stringValue":"v"}}]}}}]
                    """#
            ).spans.first
        )
        #expect(span.traceID.hex == "0102030405060708090a0b0c0d0e0f10")
        #expect(span.parentID.hex == "1112131415161718")
        #expect(span.name == "GET /a/{id}")
        #expect(span.kind == .server)
        #expect(span.start == 1_700_000_000_000_000_001)
        #expect(span.end == 1_700_000_000_000_000_002)
        #expect(span.flags == [.error, .remoteParent])
        let expected = [
            "http.request.method": "GET", "http.route": "/a/{id}", "n": "9007199254740993", "m": "-5", "d": "1.5",
            "nan": "nan", "b": "true", "y": "dead", "l": "[1,null]", "k": #"{"x":"v"}"#,
        ]
        #expect(span.attributes == expected)
    }

    @Test(arguments: [
        #"!"traceId":"AAECAwQFBgcICQoLDA0ODw==","spanId":"0102030405060708""#, #"!"traceId":"","spanId":"""#,
        #"!"trace_id":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708""#,
    ])
    func `an id that is no hex costs its span alone`(fields: String) throws {
        let (spans, export) = try decode(span: fields)
        #expect(spans.isEmpty)
        #expect(export.rejected == 1)
        #expect(export.reason.contains("trace_id"))
    }

    @Test(arguments: [
        "", #""future":{"a":[1,{"b":null}],"c":"x"}"#, #""parentSpanId":null,"attributes":null,"status":null"#,
        #""name":"a\ud800b\u0000c""#, #""kind":1e0"#,
    ])
    func `unknown keys, nulls and odd text are no fault`(fields: String) throws {
        #expect(try decode(span: fields).spans.count == 1)
    }

    @Test(arguments: [
        "{", #"{"resourceSpans": ["#, #"{"resourceSpans":[]}}"#, "[]", #"{"a":01}"#, #"{"a":"\x"}"#, "{\"a\":\"\n\"}",
        #"{"resourceSpans":{}}"#, #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"SPAN_KIND_SERVER"}]}]}]}"#,
        #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":5}]}]}]}"#,
        #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"startTimeUnixNano":1.5}]}]}]}"#, #"{"a":1,}"#, "{'a':1}",
    ])
    func `what is no OTLP in JSON is malformed`(text: String) {
        #expect {
            try decode(text)
        } throws: { error in
            if case .malformed = error as? WireError { true } else { false }
        }
    }

    @Test(arguments: [300, 100_000]) func `deep nesting is refused before it is read`(depth: Int) {
        let text = #"{"a":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        #expect(throws: WireError.self) { try decode(text) }
    }

    @Test func `a request cut anywhere is malformed`() {
        let text = Array(#"{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"\u00e9x","kind":2}]}]}]}"#.utf8)
        let decoder = ExportDecoder(vocabulary: Vocabulary())
        for length in 1..<text.count {
            #expect(throws: WireError.self) { try decoder.decode(Array(text[..<length]), .traces, .json) }
        }
    }
}
