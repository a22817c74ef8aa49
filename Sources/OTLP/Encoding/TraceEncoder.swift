package import Telemetry

/// Spans → the protobuf bytes of an OTLP `ExportTraceServiceRequest` (field numbers: `spec/wire.md` section 1.4).
package struct TraceEncoder {
    /// One request with one resource and one scope.
    package static func encode(
        _ spans: [ExportSpan],
        resource: [(key: String, value: AttributeValue)],
        scope: String
    ) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.message(1) { resourceSpans in
            resourceSpans.message(1) { message in
                for (key, value) in resource { attribute(1, key, value, to: &message) }
            }
            resourceSpans.message(2) { scopeSpans in
                scopeSpans.message(1) { $0.string(1, scope) }
                for span in spans { scopeSpans.message(2) { write(span, to: &$0) } }
            }
        }
        return writer.bytes
    }

    private static func write(_ span: ExportSpan, to writer: inout ProtobufWriter) {
        writer.bigEndian(1, [span.traceID.high, span.traceID.low])
        writer.bigEndian(2, [span.spanID.rawValue])
        writer.string(3, span.traceState)
        if span.parentID.isValid { writer.bigEndian(4, [span.parentID.rawValue]) }
        writer.string(5, span.name)
        writer.varint(6, UInt64(span.kind.rawValue))
        writer.fixed64(7, span.startNanoseconds)
        writer.fixed64(8, span.endNanoseconds)
        for (key, value) in span.attributes { attribute(9, key, value, to: &writer) }
        if let errorType = span.errorType { attribute(9, "error.type", .string(errorType), to: &writer) }
        if span.isError {
            writer.message(15) { status in
                status.string(2, span.errorMessage ?? "")
                status.varint(3, 2)
            }
        }
        // Sampled, and bit 8: whether the parent is remote is known, so a receiver may rely on bit 9.
        writer.fixed32(16, span.isParentRemote ? 0x301 : 0x101)
    }

    private static func attribute(
        _ field: Int,
        _ key: String,
        _ value: AttributeValue,
        to writer: inout ProtobufWriter
    ) {
        writer.message(field) { pair in
            pair.string(1, key)
            pair.message(2) { any in
                switch value {
                case .string(let text): any.explicitString(1, text)
                case .bool(let flag): any.explicitVarint(2, flag ? 1 : 0)
                case .int(let number): any.explicitVarint(3, UInt64(bitPattern: number))
                case .double(let number): any.fixed64AsDouble(4, number)
                }
            }
        }
    }
}

extension ProtobufWriter {
    fileprivate mutating func fixed64AsDouble(_ field: Int, _ value: Double) { fixed64(field, value.bitPattern) }
}
