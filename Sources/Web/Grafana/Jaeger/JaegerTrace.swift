import Telemetry

/// A trace as Jaeger's query service answers it (`spec/wire.md` 5.1): microseconds, typed tags, processes by name.
struct JaegerTrace: Encodable {
    struct Tag: Encodable {
        var key: String
        var type: String
        var value: Value
    }

    enum Value: Encodable {
        case text(String)
        case flag(Bool)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .flag(let flag): try container.encode(flag)
            }
        }
    }

    struct Reference: Encodable {
        var refType = "CHILD_OF"
        var traceID: String
        var spanID: String
    }

    struct Log: Encodable {
        var timestamp: UInt64
        var fields: [Tag]
    }

    struct Span: Encodable {
        var traceID: String
        var spanID: String
        var operationName: String
        var references: [Reference]
        /// Unix microseconds.
        var startTime: UInt64
        /// Microseconds.
        var duration: UInt64
        var tags: [Tag]
        var logs: [Log]
        var processID: String
        var warnings: [String]?
        /// Sampled.
        var flags = 1
    }

    struct Process: Encodable {
        var serviceName: String
        var tags: [Tag]
    }

    var traceID: String
    var spans: [Span]
    var processes: [String: Process]
    var warnings: [String]?

    init(_ document: TraceDocument) {
        let traceID = document.traceID.hex
        self.traceID = traceID
        var names: [SpanDocument.Resource: String] = [:]
        var processes: [String: Process] = [:]
        spans = document.spans.map { span in
            let resource = span.resource
            let process = names[resource] ?? "p\(names.count + 1)"
            if names.updateValue(process, forKey: resource) == nil {
                processes[process] = Process(
                    serviceName: resource.service,
                    tags: JaegerTrace.tags(resource.attributes)
                )
            }
            return JaegerTrace.span(span, traceID: traceID, process: process)
        }
        self.processes = processes
        if document.omittedSpans > 0 { warnings = ["\(document.omittedSpans) spans are left out"] }
    }

    private static func span(_ span: SpanDocument, traceID: String, process: String) -> Span {
        var tags = tags(span.ownAttributes)
        if span.kind != .unspecified { tags.append(text("span.kind", span.kind.name)) }
        if let errorType = span.errorType {
            tags.append(Tag(key: "error", type: "bool", value: .flag(true)))
            tags.append(text("otel.status_code", "ERROR"))
            tags.append(text("otel.status_description", errorType))
        }
        return Span(
            traceID: traceID,
            spanID: span.spanID,
            operationName: span.name,
            references: span.parentID.map { [Reference(traceID: traceID, spanID: $0)] } ?? [],
            startTime: span.start / 1_000,
            duration: (span.end - span.start) / 1_000,
            tags: tags,
            logs: [],
            processID: process
        )
    }

    private static func tags(_ attributes: [String: String]) -> [Tag] {
        attributes.sorted { $0.key < $1.key }.map { text($0.key, $0.value) }
    }

    private static func text(_ key: String, _ value: String) -> Tag {
        Tag(key: key, type: "string", value: .text(value))
    }
}
