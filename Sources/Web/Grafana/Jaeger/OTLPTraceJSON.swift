import Telemetry

/// Traces in OTLP's JSON mapping (`spec/wire.md` 1.3): hex ids, 64-bit numbers as text, enums as numbers.
struct OTLPTraceJSON: Encodable {
    struct Value: Encodable {
        var stringValue: String
    }

    struct Attribute: Encodable {
        var key: String
        var value: Value

        init(_ key: String, _ value: String) {
            self.key = key
            self.value = Value(stringValue: value)
        }
    }

    struct Status: Encodable {
        var code: Int
        var message: String?
    }

    struct Span: Encodable {
        var traceId: String
        var spanId: String
        var parentSpanId: String?
        var name: String
        var kind: Int
        var startTimeUnixNano: String
        var endTimeUnixNano: String
        var attributes: [Attribute]
        var status: Status
    }

    struct Scope: Encodable {
        var name: String
    }

    struct ScopeSpans: Encodable {
        var scope: Scope
        var spans: [Span]
    }

    struct Resource: Encodable {
        var attributes: [Attribute]
    }

    struct ResourceSpans: Encodable {
        var resource: Resource
        var scopeSpans: [ScopeSpans]
    }

    var resourceSpans: [ResourceSpans]

    init(_ documents: [TraceDocument]) {
        resourceSpans = documents.flatMap { document in
            document.spansByResource.map { resource, spans in
                ResourceSpans(
                    resource: Resource(
                        attributes: [Attribute("service.name", resource.service)]
                            + OTLPTraceJSON.attributes(resource.attributes)
                    ),
                    scopeSpans: [
                        ScopeSpans(
                            scope: Scope(name: "plimsoll"),
                            spans: spans.map { OTLPTraceJSON.span($0, traceID: document.traceID) }
                        )
                    ]
                )
            }
        }
    }

    private static func span(_ span: SpanDocument, traceID: TraceID) -> Span {
        Span(
            traceId: traceID.hex,
            spanId: span.spanID,
            parentSpanId: span.parentID,
            name: span.name,
            kind: Int(span.kind.rawValue),
            startTimeUnixNano: String(span.start),
            endTimeUnixNano: String(span.end),
            attributes: attributes(span.ownAttributes),
            status: Status(code: span.errorType == nil ? 0 : 2, message: span.errorType)
        )
    }

    private static func attributes(_ attributes: [String: String]) -> [Attribute] {
        attributes.sorted { $0.key < $1.key }.map { Attribute($0.key, $0.value) }
    }
}
