import Baselines
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOSSL
import Runs
import ServiceLifecycle

/// The HTTP API, the web page and the feeds for Grafana.
///
/// Runs once; stops on graceful shutdown, after open requests or `WebSettings.shutdownGrace`, and on cancellation at once.
package struct WebServer: Service {
    private let settings: WebSettings
    private let state: WebState
    private let logger: Logger
    private let onListening: @Sendable (Int) -> Void

    /// Prepares the server; nothing listens before `run()`.
    ///
    /// `onListening` is called once, with the real port.
    package init(
        settings: WebSettings,
        state: WebState,
        logger: Logger,
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.settings = settings
        self.state = state
        self.logger = logger
        self.onListening = onListening
    }

    /// Throws what `HummingbirdCore` throws where the port is taken, and `WebServerError` for a certificate that cannot be read.
    package func run() async throws {
        let (port, onListening) = (settings.port, onListening)
        let state = stateWithQueue
        let application = Application(
            router: WebServer.router(settings: settings, state: state),
            server: try builder(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: port),
                serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(settings.connections)
            ),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? port) },
            logger: logger
        )
        do {
            try await serve(application)
        } catch {
            // Their targets are children of ours: nothing may outlive the service, however it ends.
            await state.queue?.stop()
            throw error
        }
        await state.queue?.stop()
    }

    private func serve(_ application: some Service) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            group.addTask {
                try await gracefulShutdown()
                // Past the grace the server is cancelled: a stream that somebody watches never ends by itself.
                try await Task.sleep(for: settings.shutdownGrace)
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// With the queue that the settings allow, where the caller brought none.
    private var stateWithQueue: WebState {
        guard state.queue == nil, let projects = settings.projects else { return state }
        var state = state
        state.queue = RunQueue(
            settings: RunQueue.Settings(
                projects: projects,
                store: state.store.path,
                output: URL(filePath: state.store.path).deletingLastPathComponent().appending(path: "runs").path,
                environment: ProcessInfo.processInfo.environment
            ),
            now: state.now
        )
        return state
    }

    /// All routes behind all walls.
    static func router(settings: WebSettings, state: WebState) -> Router<WebContext> {
        let access = Access(settings, now: state.now)
        let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: SecurityHeaders(isSecure: access.isSecure))
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: TokenGate(access: access))
        for routes in StandardRoutes.all(state, settings: settings, access: access) { routes.add(to: router) }
        return router
    }

    private func builder() throws -> HTTPServerBuilder {
        let peers = PeerCounts(most: settings.connectionsPerPeer)
        let headerTimeout = TimeAmount(settings.headerTimeout)
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionGuard(peers: peers, headerTimeout: headerTimeout)],
            idleTimeout: TimeAmount(settings.idleTimeout),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: 16 << 10,
                maxHeaderListSize: 16 << 10,
                maxHeaderFieldCount: 100
            )
        )
        let plain = HTTPServerBuilder.http1(configuration: channel)
        guard let certificate = settings.certificatePath else { return plain }
        guard let key = settings.keyPath else { throw WebServerError.certificate("the certificate has no key") }
        do {
            var tls = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
            )
            tls.minimumTLSVersion = .tlsv12
            tls.applicationProtocols = ["http/1.1"]
            return try .tls(plain, tlsConfiguration: tls)
        } catch {
            throw WebServerError.certificate("\(error)")
        }
    }
}
