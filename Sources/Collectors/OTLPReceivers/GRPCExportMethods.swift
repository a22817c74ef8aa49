import GRPCCore
import OTLP

/// The three OTLP export methods over raw bytes: a message is decoded where it lies, with no generated code.
struct GRPCExportMethods: RegistrableRPCService {
    let service: ExportService

    private static let services: [(name: String, signal: Signal)] = [
        ("opentelemetry.proto.collector.trace.v1.TraceService", .traces),
        ("opentelemetry.proto.collector.metrics.v1.MetricsService", .metrics),
        ("opentelemetry.proto.collector.logs.v1.LogsService", .logs),
    ]

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        for (name, signal) in GRPCExportMethods.services {
            router.registerHandler(
                forMethod: MethodDescriptor(fullyQualifiedService: name, method: "Export"),
                deserializer: ExportDeserializer(service: service, signal: signal),
                serializer: BytesSerializer()
            ) { request, _ in
                var messages = request.messages.makeAsyncIterator()
                guard let result = try await messages.next() else {
                    throw RPCError(code: .invalidArgument, message: "an export is one message; none came")
                }
                switch result {
                case .success(let answer):
                    return StreamingServerResponse(single: ServerResponse(message: answer))
                case .failure(let refusal):
                    service.counters.countRefusal(refusal.reason)
                    throw RPCError(refusal)
                }
            }
        }
    }
}

/// One message → the bytes to answer with; the message itself is never copied.
private struct ExportDeserializer: MessageDeserializer {
    let service: ExportService
    let signal: Signal

    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) -> Result<[UInt8], Refusal> {
        bytes.withUnsafeBytes { bytes in
            do throws(Refusal) {
                let outcome = try service.export(bytes, signal, .protobuf)
                return .success(
                    ExportResponse.success(signal, .protobuf, rejected: outcome.rejected, reason: outcome.reason)
                )
            } catch {
                return .failure(error)
            }
        }
    }
}

private struct BytesSerializer: MessageSerializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ message: [UInt8]) -> Bytes { Bytes(message) }
}

extension RPCError {
    /// The refusal as gRPC says it: a client may try again only where the status, or a `RetryInfo`, allows it.
    fileprivate init(_ refusal: Refusal) {
        let code = Status.Code(rawValue: Int(refusal.reason.statusCode)).flatMap { RPCError.Code($0) } ?? .unknown
        var metadata = Metadata()
        metadata.addBinary(refusal.grpcDetails, forKey: "grpc-status-details-bin")
        self.init(code: code, message: refusal.message, metadata: metadata)
    }
}

extension Refusal {
    /// A `google.rpc.Status`; with a `RetryInfo` where trying again makes sense.
    var grpcDetails: [UInt8] {
        ExportResponse.status(
            code: reason.statusCode,
            message: message,
            retryAfterSeconds: reason == .overloaded ? Refusal.retryAfterSeconds : nil
        )
    }
}
