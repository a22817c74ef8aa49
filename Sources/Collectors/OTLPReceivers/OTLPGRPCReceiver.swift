import GRPCCore
import GRPCNIOTransportHTTP2Posix
import Glibc
import NIOCore
package import OTLP
import ServiceLifecycle
import Synchronization
package import Telemetry

/// Receives OTLP/gRPC and hands what it brings to a sink.
///
/// Runs once. Stops on graceful shutdown, after open requests or `ReceiverSettings.shutdownGrace`, and on
/// cancellation at once.
package struct OTLPGRPCReceiver: Service {
    private let port: Int
    private let service: ExportService
    private let budget: InFlightBudget
    private let settings: ReceiverSettings
    private let tls: ReceiverTLS?
    private let onListening: @Sendable (Int) -> Void

    /// Prepares the receiver; nothing listens before `run()`.
    ///
    /// Parameters as of `OTLPHTTPReceiver`; share `counters` and `budget` with it.
    package init(
        port: Int,
        decoder: ExportDecoder,
        sink: any TelemetrySink,
        counters: ReceiverCounters,
        budget: InFlightBudget = InFlightBudget(),
        settings: ReceiverSettings = ReceiverSettings(),
        tls: ReceiverTLS? = nil,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.port = port
        service = ExportService(decoder: decoder, sink: sink, counters: counters)
        self.budget = budget
        self.settings = settings
        self.tls = tls
        self.onListening = onListening
    }

    /// Whether a port of loopback is free now.
    package static func canListen(port: Int) -> Bool { ListeningProbe.failure(host: "127.0.0.1", port: port) == nil }

    /// Throws `ReceiverError` when it cannot listen.
    package func run() async throws {
        // The transport says only that it could not bind; a probe says why.
        if let error = ListeningProbe.failure(host: settings.host, port: port) { throw error }
        let transport = HTTP2ServerTransport.Posix(
            address: settings.host.contains(":")
                ? .ipv6(host: settings.host, port: port) : .ipv4(host: settings.host, port: port),
            transportSecurity: try tls?.grpc() ?? .plaintext,
            config: transportConfiguration()
        )
        let server = GRPCServer(transport: transport, services: [GRPCExportMethods(service: service)])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await withGracefulShutdownHandler {
                        try await server.serve()
                    } onGracefulShutdown: {
                        server.beginGracefulShutdown()
                    }
                } catch is RuntimeError where Task.isCancelled {
                    // The transport wraps it when a connection was open.
                    throw CancellationError()
                }
            }
            group.addTask {
                let address = try await transport.listeningAddress
                onListening(address.ipv4?.port ?? address.ipv6?.port ?? port)
                try await gracefulShutdown()
                try await Task.sleep(for: settings.shutdownGrace)
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func transportConfiguration() -> HTTP2ServerTransport.Posix.Config {
        var configuration = HTTP2ServerTransport.Posix.Config.defaults
        // No compression here: `GRPCStreamGate` has inflated what passes it.
        configuration.rpc.maxRequestPayloadSize = settings.bodyBytes
        configuration.connection.maxIdleTime = settings.idleTimeout
        // Answers are a few bytes each: waiting to send several at once would only cost time.
        configuration.connection.flushCoalescing = nil
        configuration.http2.maxConcurrentStreams = settings.streamsPerConnection
        // Exports are hundreds of kilobytes; with HTTP/2's defaults each would be dozens of frames and window updates.
        configuration.http2.maxFrameSize = 1 << 20
        configuration.http2.targetWindowSize = 4 << 20
        let (settings, budget, counters) = (settings, budget, service.counters)
        let open = ConnectionCount(limit: settings.connections)
        configuration.channelDebuggingCallbacks.onAcceptTCPConnection = { channel in open.admit(channel) }
        configuration.channelDebuggingCallbacks.onAcceptHTTP2Stream = { channel in
            channel.eventLoop.makeCompletedFuture {
                let gate = GRPCStreamGate(settings: settings, budget: budget, counters: counters)
                try channel.pipeline.syncOperations.addHandler(gate, position: .first)
            }
        }
        return configuration
    }
}

/// Caps how many connections are open at once.
private final class ConnectionCount: Sendable {
    private let open = Atomic<Int>(0)
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    /// Closes the connection at once when there are too many.
    func admit(_ channel: any Channel) -> EventLoopFuture<Void> {
        let count = open.add(1, ordering: .relaxed).newValue
        channel.closeFuture.whenComplete { _ in self.open.subtract(1, ordering: .relaxed) }
        if count > limit { channel.close(promise: nil) }
        return channel.setOption(ChannelOptions.recvAllocator, value: ReadSizing.allocator)
    }
}
