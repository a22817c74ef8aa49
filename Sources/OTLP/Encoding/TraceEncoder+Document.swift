package import Telemetry

extension TraceEncoder {
    /// A kept trace as Tempo's `Trace`, whose one field is that of an OTLP request.
    ///
    /// Attributes are text, as they were kept, and stand at the span. A span whose id is no id is left out.
    package static func encode(_ document: TraceDocument) -> [UInt8] {
        var services: [String] = []
        var byService: [String: [ExportSpan]] = [:]
        for span in document.spans {
            guard let spanID = SpanID(hex: span.spanID) else { continue }
            if byService[span.service] == nil { services.append(span.service) }
            byService[span.service, default: []].append(
                ExportSpan(
                    traceID: document.traceID,
                    spanID: spanID,
                    parentID: span.parentID.flatMap { SpanID(hex: $0) } ?? .none,
                    name: span.name,
                    kind: span.kind,
                    startNanoseconds: span.start,
                    endNanoseconds: span.end,
                    attributes: span.attributes.sorted { $0.key < $1.key }
                        .filter { $0.key != "service.name" && $0.key != "error.type" }
                        .map { ($0.key, .string($0.value)) },
                    errorMessage: span.errorType,
                    errorType: span.errorType
                )
            )
        }
        // A repeated field of two messages is that field twice, so requests simply follow one another.
        return services.flatMap { service in
            encode(byService[service] ?? [], resource: [("service.name", .string(service))], scope: "plimsoll")
        }
    }

    /// The same as field 1 of Tempo's `TraceByIDResponse`.
    package static func encodeAnswer(_ document: TraceDocument) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.message(1) { $0.raw(encode(document)) }
        return writer.bytes
    }
}
