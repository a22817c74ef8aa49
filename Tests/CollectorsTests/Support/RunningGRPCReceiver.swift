import Collectors
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import OTLP
import Telemetry

/// A real gRPC receiver on a free port of loopback, and a real client, for the length of one closure.
struct RunningGRPCReceiver: Sendable {
    let sink: RecordingSink
    let counters: ReceiverCounters
    let budget: InFlightBudget
    private let client: GRPCClient<HTTP2ClientTransport.Posix>

    static func with(
        settings: ReceiverSettings = ReceiverSettings(),
        budget: InFlightBudget = InFlightBudget(),
        sink: RecordingSink = RecordingSink(),
        tls files: TLSFiles? = nil,
        security: HTTP2ClientTransport.Posix.TransportSecurity = .plaintext,
        _ body: @escaping @Sendable (RunningGRPCReceiver) async throws -> Void
    ) async throws {
        let counters = ReceiverCounters()
        let tls = try files?.receiverTLS(counters: counters)
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let receiver = OTLPGRPCReceiver(
            port: 0,
            decoder: ExportDecoder(vocabulary: Vocabulary()),
            sink: sink,
            counters: counters,
            budget: budget,
            settings: settings,
            tls: tls,
            onListening: { continuation.yield($0) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await receiver.run() }
            group.addTask {
                guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
                var configuration = HTTP2ClientTransport.Posix.Config.defaults
                configuration.http2.authority = "localhost"
                configuration.compression.enabledAlgorithms = [.gzip, .deflate]
                let transport = try HTTP2ClientTransport.Posix(
                    target: .ipv4(address: "127.0.0.1", port: port),
                    transportSecurity: security,
                    config: configuration
                )
                try await withGRPCClient(transport: transport) { client in
                    try await body(
                        RunningGRPCReceiver(sink: sink, counters: counters, budget: budget, client: client)
                    )
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// The answer's bytes; throws the `RPCError` that a client would see.
    func export(
        _ body: [UInt8],
        to signal: String = "trace.v1.TraceService",
        method: String = "Export",
        metadata: Metadata = [:],
        compression: CompressionAlgorithm? = nil,
        within timeout: Duration? = nil
    ) async throws -> [UInt8] {
        var options = CallOptions.defaults
        options.timeout = timeout
        options.compression = compression
        return try await client.unary(
            request: ClientRequest(message: body, metadata: metadata),
            descriptor: MethodDescriptor(
                fullyQualifiedService: "opentelemetry.proto.collector.\(signal)",
                method: method
            ),
            serializer: Bytes(),
            deserializer: Bytes(),
            options: options
        ) { try $0.message }
    }

    private struct Bytes: MessageSerializer, MessageDeserializer {
        func serialize<Output: GRPCContiguousBytes>(_ message: [UInt8]) -> Output { Output(message) }
        func deserialize<Input: GRPCContiguousBytes>(_ bytes: Input) -> [UInt8] { bytes.withUnsafeBytes { Array($0) } }
    }
}
