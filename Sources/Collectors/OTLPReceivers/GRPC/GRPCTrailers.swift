import Authentication
import NIOHPACK
import OTLP

/// The headers that gRPC ends a call with.
enum GRPCTrailers {
    static let ok: HPACKHeaders = ["grpc-status": "0"]

    /// The answer to a refused call: these alone.
    ///
    /// A client may try again only where the status, or a `RetryInfo`, allows it.
    static func refusal(_ refusal: Refusal) -> HPACKHeaders {
        let status = refusal.grpcStatus ?? refusal.reason.grpcStatus
        let details = ExportResponse.status(
            code: status,
            message: refusal.message,
            retryAfterSeconds: refusal.reason == .overloaded ? Refusal.retryAfterSeconds : nil
        )
        var trailers: HPACKHeaders = [
            ":status": "200",
            "content-type": "application/grpc",
            "grpc-status": "\(status)",
            "grpc-message": percentEncoded(refusal.message),
            "grpc-status-details-bin": Base64.text(details),
        ]
        if refusal.reason == .unsupportedCompression {
            trailers.add(name: "grpc-accept-encoding", value: ContentCoding.supported)
        }
        return trailers
    }

    /// As gRPC writes messages: printable ASCII but for `%` as it is, all else as `%XX`.
    private static func percentEncoded(_ message: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in message.utf8 {
            if (0x20...0x7E).contains(byte), byte != UInt8(ascii: "%") {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
