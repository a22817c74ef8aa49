import Hummingbird
import HummingbirdCore
package import Listeners
package import Logging
import NIOCore
package import OTLP
import ServiceLifecycle
package import Telemetry

/// Receives OTLP/HTTP and hands what it brings to a sink.
///
/// Runs once. Stops on graceful shutdown, after open requests or `ReceiverSettings.shutdownGrace`, and on
/// cancellation at once.
package struct OTLPHTTPReceiver: Service {
    private let port: Int
    private let responder: OTLPHTTPResponder
    private let settings: ReceiverSettings
    private let tls: ListenerTLS?
    private let logger: Logger
    private let onListening: @Sendable (Int) -> Void

    /// Prepares the receiver; nothing listens before `run()`.
    ///
    /// `port` 0 takes a free one. `destination` is asked once a request, and its sink called
    /// concurrently, once for each request that brought something. Share one `budget` between all receivers of the process. `onListening` is called once, with the
    /// real port, when requests are taken.
    package init(
        port: Int,
        destination: ExportDestination,
        counters: ReceiverCounters,
        logger: Logger,
        budget: InFlightBudget = InFlightBudget(),
        settings: ReceiverSettings = ReceiverSettings(),
        tls: ListenerTLS? = nil,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.port = port
        self.settings = settings
        self.tls = tls
        self.logger = logger
        self.onListening = onListening
        responder = OTLPHTTPResponder(
            service: ExportService(destination: destination, counters: counters),
            budget: budget,
            settings: settings
        )
    }

    /// As above, with one decoder and one sink for good.
    package init(
        port: Int,
        decoder: ExportDecoder,
        sink: any TelemetrySink,
        counters: ReceiverCounters,
        logger: Logger,
        budget: InFlightBudget = InFlightBudget(),
        settings: ReceiverSettings = ReceiverSettings(),
        tls: ListenerTLS? = nil,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.init(
            port: port,
            destination: ExportDestination(decoder: decoder, sink: sink),
            counters: counters,
            logger: logger,
            budget: budget,
            settings: settings,
            tls: tls,
            onListening: onListening
        )
    }

    /// Throws `ReceiverError` when it cannot listen.
    package func run() async throws {
        let server = try makeServer()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listen(with: server) }
            group.addTask {
                try await gracefulShutdown()
                // Past the grace the server is cancelled: a client that never ends its request must not hold a run up.
                try await Task.sleep(for: settings.shutdownGrace)
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func listen(with server: any Service) async throws {
        do {
            try await server.run()
        } catch let error as IOError {
            throw ReceiverError(error, port: port)
        }
    }

    private func makeServer() throws -> any Service {
        let responder = responder
        let (port, onListening) = (port, onListening)
        let listener = HTTPListener(
            for: .exports,
            limits: settings.limits,
            counters: responder.service.counters.httpConnections,
            tls: tls
        )
        return try listener.builder().buildServer(
            configuration: listener.configuration(host: settings.host, port: port),
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: logger,
            responder: { request, writer, channel in
                try await responder.respond(to: request, with: writer, on: channel)
            },
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? port) }
        )
    }
}
