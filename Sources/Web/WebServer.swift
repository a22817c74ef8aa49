import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// The HTTP API, the web page and the feeds for Grafana.
///
/// Runs once; stops on graceful shutdown and on cancellation.
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

    package func run() async throws {
        let router = Router(context: WebContext.self)
        router.add(middleware: ProblemMiddleware())
        for routes in StandardRoutes.all(state) { routes.add(to: router) }
        let (port, onListening) = (settings.port, onListening)
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: port),
                serverName: nil
            ),
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? port) },
            logger: logger
        )
        try await application.run()
    }
}
