/// The protobuf bodies a receiver answers with.
package enum ExportResponse {
    /// The largest message in an answer; OTLP wants a short one rather than a failed response.
    private static let messageByteLimit = 4_096

    /// The answer to an export that was taken; empty (in JSON `{}`) when all was kept and there is nothing to say.
    ///
    /// `reason` is English and names what to fix; with nothing rejected it is a warning.
    package static func success(
        _ signal: Signal,
        _ encoding: OTLPEncoding,
        rejected: Int,
        reason: String
    ) -> [UInt8] {
        let isPartial = rejected > 0 || !reason.isEmpty
        switch encoding {
        case .json:
            guard isPartial else { return Array("{}".utf8) }
            let count = rejected > 0 ? #""\#(signal.rejectedField)":"\#(rejected)","# : ""
            return Array(#"{"partialSuccess":{\#(count)"errorMessage":"\#(shortened(reason).jsonEscaped)"}}"#.utf8)
        case .protobuf:
            guard isPartial else { return [] }
            var writer = ProtobufWriter()
            writer.message(1) { partial in
                partial.varint(1, UInt64(max(0, rejected)))
                partial.string(2, shortened(reason))
            }
            return writer.bytes
        }
    }

    /// `google.rpc.Status`, the body of every 4xx and 5xx.
    ///
    /// `code` is a gRPC status code: 3 is INVALID_ARGUMENT, 8 RESOURCE_EXHAUSTED.
    /// `retryAfterSeconds` adds a `google.rpc.RetryInfo`, which tells gRPC clients that and when to try again.
    package static func status(
        _ encoding: OTLPEncoding = .protobuf,
        code: Int32,
        message: String,
        retryAfterSeconds: Int? = nil
    ) -> [UInt8] {
        if encoding == .json { return Array(#"{"code":\#(code),"message":"\#(shortened(message).jsonEscaped)"}"#.utf8) }
        var writer = ProtobufWriter()
        writer.varint(1, UInt64(bitPattern: Int64(code)))
        writer.string(2, shortened(message))
        if let retryAfterSeconds {
            writer.message(3) { any in
                any.string(1, "type.googleapis.com/google.rpc.RetryInfo")
                any.message(2) { info in
                    info.message(1) { $0.varint(1, UInt64(max(0, retryAfterSeconds))) }
                }
            }
        }
        return writer.bytes
    }

    private static func shortened(_ text: String) -> String {
        guard text.utf8.count > messageByteLimit else { return text }
        // Repairing drops at most the one character that the cut split.
        return String(decoding: text.utf8.prefix(messageByteLimit), as: UTF8.self)
    }
}

extension String {
    /// The text between the quotes of a JSON string.
    fileprivate var jsonEscaped: String {
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
