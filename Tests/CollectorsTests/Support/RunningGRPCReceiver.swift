import Collectors
import Curl
import Listeners
import Logging
import OTLP
import ServiceLifecycle
import Telemetry
import Testing

/// A real gRPC receiver on a free port of loopback, asked through libcurl's HTTP/2, for the length of one closure.
struct RunningGRPCReceiver: Sendable {
    let port: Int
    let sink: RecordingSink
    let counters: ReceiverCounters
    let budget: InFlightBudget
    private let scheme: String
    private let services: ServiceGroup

    static func with(
        settings: ReceiverSettings = ReceiverSettings(),
        budget: InFlightBudget = InFlightBudget(),
        sink: RecordingSink = RecordingSink(),
        tls files: CertificateFiles? = nil,
        _ body: @escaping @Sendable (RunningGRPCReceiver) async throws -> Void
    ) async throws {
        let counters = ReceiverCounters()
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let receiver = OTLPGRPCReceiver(
            port: 0,
            decoder: ExportDecoder(vocabulary: Vocabulary()),
            sink: sink,
            counters: counters,
            budget: budget,
            settings: settings,
            tls: try files?.listenerTLS(counters: counters),
            onListening: { continuation.yield($0) }
        )
        let services = ServiceGroup(services: [receiver], gracefulShutdownSignals: [], logger: .silent)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            group.addTask {
                guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
                try await body(
                    RunningGRPCReceiver(
                        port: port,
                        sink: sink,
                        counters: counters,
                        budget: budget,
                        scheme: files == nil ? "http" : "https",
                        services: services
                    )
                )
                await services.triggerGracefulShutdown()
            }
            try await group.waitForAll()
        }
    }

    /// Asks the receiver to stop; the closure may go on.
    func shutDown() async { await services.triggerGracefulShutdown() }

    /// Exports and expects the call's status.
    func expect(
        _ status: Int,
        exporting body: [UInt8],
        to method: String = "trace.v1.TraceService/Export",
        encoding: String? = nil,
        headers: [HTTPHeader] = [],
        tls: TLSSettings = TLSSettings(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let reply = try await export(body, to: method, encoding: encoding, headers: headers, tls: tls)
        #expect(reply.status == status, sourceLocation: sourceLocation)
    }

    /// One unary call over a connection of its own.
    func export(
        _ body: [UInt8],
        to method: String = "trace.v1.TraceService/Export",
        encoding: String? = nil,
        headers: [HTTPHeader] = [],
        tls: TLSSettings = TLSSettings()
    ) async throws -> GRPCReply {
        let named = encoding.map { [HTTPHeader(name: "grpc-encoding", value: $0)] } ?? []
        var request = HTTPRequest(
            method: "POST",
            url: "\(scheme)://localhost:\(port)/opentelemetry.proto.collector.\(method)",
            headers: [
                HTTPHeader(name: "Content-Type", value: "application/grpc"), HTTPHeader(name: "TE", value: "trailers"),
            ] + named + headers,
            body: GRPCFraming.message(body, isCompressed: encoding != nil)
        )
        request.connection.version = .http2
        request.connection.keepsAlive = false
        request.connection.tls = tls
        return GRPCReply(try await HTTPClient().send(request))
    }
}
