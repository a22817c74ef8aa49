import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Listeners
package import Logging
import NIOCore
import ServiceLifecycle
package import Telemetry

/// Receives Prometheus remote write 1.0 at `POST /api/v1/write` on loopback.
///
/// Answers 204, 400 (some series were invalid, the rest was taken), 413, 415 (remote write 2.0) or 503 with
/// `Retry-After` when too much is in flight; a sender retries the last only.
package struct RemoteWriteReceiver: Service {
    private let port: Int
    private let settings: ReceiverSettings
    private let budget: InFlightBudget
    private let service: RemoteWriteService
    private let logger: Logger
    private let onListening: @Sendable (Int) -> Void

    /// Prepares the receiver; nothing listens before `run()`.
    ///
    /// `port` is on 127.0.0.1, and 0 takes a free one. `sink` is called concurrently, must not block, and returns how
    /// many points it had no room for. Share one `budget` between all receivers of the process. `onListening` is called
    /// once, with the real port.
    package init(
        port: Int,
        counters: RemoteWriteCounters = RemoteWriteCounters(),
        logger: Logger,
        budget: InFlightBudget = InFlightBudget(),
        settings: ReceiverSettings = ReceiverSettings(),
        limits: ExpositionLimits = ExpositionLimits(),
        onListening: @escaping @Sendable (Int) -> Void = { _ in },
        sink: @escaping @Sendable ([MetricPoint]) -> Int
    ) {
        self.port = port
        self.settings = settings
        self.budget = budget
        self.logger = logger
        self.onListening = onListening
        service = RemoteWriteService(counters: counters, bodyBytes: settings.bodyBytes, limits: limits, sink: sink)
    }

    /// Runs until graceful shutdown or cancellation; throws `RemoteWriteListenError` when it cannot listen.
    package func run() async throws {
        let responder = RemoteWriteResponder(service: service, budget: budget, settings: settings)
        let (port, onListening) = (port, onListening)
        let listener = HTTPListener(for: .pages, limits: settings.limits, counters: ConnectionCounters())
        let server = try listener.builder().buildServer(
            configuration: listener.configuration(host: "127.0.0.1", port: port),
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup,
            logger: logger,
            responder: { request, writer, _ in try await responder.respond(to: request, with: writer) },
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? port) }
        )
        do {
            // Senders hold their connections open for good, so there is nothing worth waiting for at the end.
            try await cancelWhenGracefulShutdown { try await server.run() }
        } catch let error as IOError {
            throw RemoteWriteListenError(
                port: port,
                reason: error.errnoCode == EADDRINUSE ? "in use" : error.description
            )
        }
    }
}
