@testable import OTLP

/// Requests written field by field, for what `TraceEncoder` would never write.
enum WireMessage {
    static func make(_ write: (inout ProtobufWriter) -> Void) -> [UInt8] {
        var writer = ProtobufWriter()
        write(&writer)
        return writer.bytes
    }

    /// A request with one resource and one scope around the spans.
    static func request(spans: [(inout ProtobufWriter) -> Void]) -> [UInt8] {
        make { request in
            request.message(1) { resource in
                resource.message(2) { scope in
                    for span in spans { scope.message(2, span) }
                }
            }
        }
    }

    /// A span with valid ids and times.
    static func valid(_ id: UInt64, _ more: @escaping (inout ProtobufWriter) -> Void = { _ in })
        -> (inout ProtobufWriter) -> Void
    {
        { span in
            span.bigEndian(1, [1, id])
            span.bigEndian(2, [id])
            span.fixed64(7, 10)
            span.fixed64(8, 20)
            more(&span)
        }
    }

    /// A field over and over, at least `byteCount` bytes of it.
    static func flood(_ field: [UInt8], byteCount: Int) -> [UInt8] {
        var result = field
        while result.count < byteCount { result += result }
        return result
    }

    /// An attribute whose value is written by the caller.
    static func attribute(
        _ key: [UInt8],
        _ value: @escaping (inout ProtobufWriter) -> Void,
        to span: inout ProtobufWriter,
        field: Int = 9
    ) {
        span.message(field) { pair in
            pair.bytes(1, key)
            pair.message(2, value)
        }
    }
}

extension ProtobufWriter {
    mutating func bytes(_ field: Int, _ value: [UInt8]) {
        message(field) { $0.raw(value) }
    }
}
