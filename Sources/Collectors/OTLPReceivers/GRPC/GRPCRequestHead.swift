import Authentication
import NIOCore
import NIOHPACK
import OTLP

/// What the headers of a gRPC call ask for.
struct GRPCRequestHead {
    let signal: Signal
    let coding: ContentCoding
    /// How long the client waits, when it says so.
    let timeout: TimeAmount?

    /// Checks them in this order: access, path, `te`, compression.
    init(_ headers: HPACKHeaders, credentials: Credentials) throws(Refusal) {
        try credentials.admitSender(headers.first(name: "authorization"))
        guard let path = headers.first(name: ":path"), let signal = Self.signals[path] else {
            throw Refusal(
                reason: .unknownPath,
                message: "no such method: over gRPC, Export of OTLP's services for traces, metrics and logs is received"
            )
        }
        guard headers[canonicalForm: "te"].contains("trailers") else {
            throw Refusal(reason: .malformed, message: "the call has no te: trailers; does a proxy take it away?")
        }
        guard let coding = ContentCoding(header: headers.first(name: "grpc-encoding")) else {
            throw Refusal(
                reason: .unsupportedCompression,
                message: "this grpc-encoding is not supported: set OTEL_EXPORTER_OTLP_COMPRESSION to gzip or none"
            )
        }
        self.signal = signal
        self.coding = coding
        timeout = headers.first(name: "grpc-timeout").flatMap(Self.timeout)
    }

    private static let signals: [String: Signal] = [
        "/opentelemetry.proto.collector.trace.v1.TraceService/Export": .traces,
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export": .metrics,
        "/opentelemetry.proto.collector.logs.v1.LogsService/Export": .logs,
    ]

    /// The answer to what is not gRPC at all, in the terms of HTTP; `nil` for a call.
    static func answer(toOther headers: HPACKHeaders) -> HPACKHeaders? {
        guard headers.first(name: ":method") == "POST" else { return [":status": "405", "allow": "POST"] }
        let type = headers.first(name: "content-type")?.lowercased().prefix { $0 != ";" && $0 != " " } ?? ""
        return type == "application/grpc" || type == "application/grpc+proto" ? nil : [":status": "415"]
    }

    /// Up to eight digits and a unit; `nil` for anything else, and for more than an `Int64` of nanoseconds.
    private static func timeout(_ text: String) -> TimeAmount? {
        guard text.utf8.count <= 9, let number = UInt32(text.dropLast()), let unit = text.last.flatMap({ units[$0] })
        else { return nil }
        let (nanoseconds, isTooLong) = Int64(number).multipliedReportingOverflow(by: unit)
        return isTooLong ? nil : .nanoseconds(nanoseconds)
    }

    private static let units: [Character: Int64] = [
        "H": 3_600_000_000_000, "M": 60_000_000_000, "S": 1_000_000_000, "m": 1_000_000, "u": 1_000, "n": 1,
    ]
}
