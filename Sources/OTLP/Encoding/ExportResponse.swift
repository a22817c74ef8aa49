/// The protobuf bodies a receiver answers with.
package enum ExportResponse {
    /// The largest message in an answer; OTLP wants a short one rather than a failed response.
    private static let messageByteLimit = 4_096

    /// `ExportTraceServiceResponse`; zero bytes when every span was accepted and there is nothing to say.
    ///
    /// `reason` is English and names what to fix; with no rejected span it is a warning.
    package static func success(rejectedSpans: Int, reason: String) -> [UInt8] {
        guard rejectedSpans > 0 || !reason.isEmpty else { return [] }
        var writer = ProtobufWriter()
        writer.message(1) { partial in
            partial.varint(1, UInt64(max(0, rejectedSpans)))
            partial.string(2, shortened(reason))
        }
        return writer.bytes
    }

    /// `google.rpc.Status`, the body of every 4xx and 5xx.
    ///
    /// `code` is a gRPC status code: 3 is INVALID_ARGUMENT, 8 RESOURCE_EXHAUSTED.
    package static func status(code: Int32, message: String) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.varint(1, UInt64(bitPattern: Int64(code)))
        writer.string(2, shortened(message))
        return writer.bytes
    }

    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > messageByteLimit else { return text }
        // Repairing drops at most the one character that the cut split.
        return String(decoding: text.utf8.prefix(messageByteLimit), as: UTF8.self)
    }
}
