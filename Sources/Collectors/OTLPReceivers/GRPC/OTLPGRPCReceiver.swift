package import Listeners
import NIOCore
import NIOPosix
import NIOSSL
package import OTLP
import ServiceLifecycle
package import Telemetry

/// Receives OTLP/gRPC and hands what it brings to a sink.
///
/// Runs once. Stops on graceful shutdown, after open requests or `ReceiverSettings.shutdownGrace`, and on
/// cancellation at once.
package struct OTLPGRPCReceiver: Service {
    private typealias Listener = NIOAsyncChannel<any Channel, Never>

    private let port: Int
    private let service: ExportService
    private let budget: InFlightBudget
    private let settings: ReceiverSettings
    private let tls: ListenerTLS?
    private let onListening: @Sendable (Int) -> Void

    /// Prepares the receiver; nothing listens before `run()`.
    ///
    /// Parameters as of `OTLPHTTPReceiver`; share `counters` and `budget` with it.
    package init(
        port: Int,
        destination: ExportDestination,
        counters: ReceiverCounters,
        budget: InFlightBudget = InFlightBudget(),
        settings: ReceiverSettings = ReceiverSettings(),
        tls: ListenerTLS? = nil,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.port = port
        service = ExportService(destination: destination, counters: counters)
        self.budget = budget
        self.settings = settings
        self.tls = tls
        self.onListening = onListening
    }

    /// As above, with one decoder and one sink for good.
    package init(
        port: Int,
        decoder: ExportDecoder,
        sink: any TelemetrySink,
        counters: ReceiverCounters,
        budget: InFlightBudget = InFlightBudget(),
        settings: ReceiverSettings = ReceiverSettings(),
        tls: ListenerTLS? = nil,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.init(
            port: port,
            destination: ExportDestination(decoder: decoder, sink: sink),
            counters: counters,
            budget: budget,
            settings: settings,
            tls: tls,
            onListening: onListening
        )
    }

    /// Whether a port of loopback is free now.
    package static func canListen(port: Int) -> Bool { ListeningProbe.isFree(port: port) }

    /// Throws `ReceiverError` when it cannot listen.
    package func run() async throws {
        let connections = OpenConnections(limits: settings.limits, counters: service.counters.grpcConnections)
        let listener = try await listen(connections)
        // Those too that were accepted as the end came, and have no task.
        defer { connections.closeAll() }
        onListening(listener.channel.localAddress?.port ?? port)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await serve(listener) }
            group.addTask {
                try await gracefulShutdown()
                // Past the grace connections are closed: a client that never ends its call must not hold a run up.
                try await Task.sleep(for: settings.shutdownGrace)
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func listen(_ connections: OpenConnections) async throws -> Listener {
        let connections = GRPCConnections(
            service: service,
            settings: settings,
            budget: budget,
            tls: try tls.map { try NIOSSLContext(configuration: $0.configuration(for: "h2")) },
            connections: connections
        )
        do {
            return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelOption(.backlog, value: Int32(HTTPListener.backlog))
                .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
                .bind(host: settings.host, port: port) { connections.begin($0) }
        } catch let error as IOError {
            throw ReceiverError(error, port: port)
        }
    }

    /// Until the listener is closed and the connections have ended.
    private func serve(_ listener: Listener) async throws {
        try await withGracefulShutdownHandler {
            try await listener.executeThenClose { accepted in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in accepted { group.addTask { await outlive(connection) } }
                }
            }
        } onGracefulShutdown: {
            listener.channel.close(promise: nil)
        }
    }

    /// Until the connection has ended; cancelled, it ends it, and asked to shut down, it asks the client to go.
    private func outlive(_ connection: any Channel) async {
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                try? await connection.closeFuture.get()
            } onGracefulShutdown: {
                connection.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            }
        } onCancel: {
            connection.close(promise: nil)
        }
    }
}
