import Baselines
import Foundation
import Hummingbird
import HummingbirdCore
import Listeners
package import Logging
import NIOCore
import Runs
import ServiceLifecycle

/// The HTTP API, the web page and the feeds for Grafana.
///
/// Runs once; stops on graceful shutdown, after open requests or `WebSettings.shutdownGrace`, and on cancellation at once.
package struct WebServer: Service {
    private let settings: WebSettings
    private let state: WebState
    private let logger: Logger
    private let report: @Sendable (String) -> Void
    private let onListening: @Sendable (Int) -> Void

    /// Prepares the server; nothing listens before `run()`.
    ///
    /// `report` hears in one line what went wrong inside. `onListening` is called once, with the real port.
    package init(
        settings: WebSettings,
        state: WebState,
        logger: Logger,
        report: @escaping @Sendable (String) -> Void = { _ in },
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.settings = settings
        self.state = state
        self.logger = logger
        self.report = report
        self.onListening = onListening
    }

    /// Throws what `HummingbirdCore` throws where the port is taken, and `WebServerError` for a certificate that cannot be read.
    package func run() async throws {
        let (port, onListening) = (settings.port, onListening)
        let state = stateWithQueue
        let tls = try tls()
        let listener = HTTPListener(for: .pages, limits: settings.limits, counters: state.connections, tls: tls)
        let application = Application(
            router: WebServer.router(settings: settings, state: state, report: report),
            server: try listener.builder(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: port),
                serverName: nil,
                backlog: HTTPListener.backlog
            ),
            services: tls.map { [$0] } ?? [],
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
    static func router(settings: WebSettings, state: WebState, report: @escaping @Sendable (String) -> Void = { _ in })
        -> Router<WebContext>
    {
        let access = Access(settings, now: state.now)
        let router = Router(context: WebContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: SecurityHeaders(isSecure: access.isSecure))
        router.add(middleware: ProblemMiddleware(report: report))
        router.add(middleware: TokenGate(access: access))
        for routes in StandardRoutes.all(state, settings: settings, access: access) { routes.add(to: router) }
        return router
    }

    private func tls() throws(WebServerError) -> ListenerTLS? {
        guard let certificate = settings.certificate else { return nil }
        do {
            return try ListenerTLS(certificate, reloadInterval: settings.certificateInterval, logger: logger) {
                [state] in
                state.certificateFailures.add()
            }
        } catch {
            throw .certificate(error.description)
        }
    }
}
