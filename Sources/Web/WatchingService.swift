import Logging
package import Runs
import ServiceLifecycle
import Telemetry

/// A watch and the web server that shows it: all of `plimsoll serve`.
package struct WatchingService: Sendable {
    /// What has begun to listen.
    package enum Endpoint: Sendable, Hashable {
        case web
        /// `http` or `grpc`.
        case receiver(String)
    }

    package let watch: Watch
    private let settings: WebSettings
    package let checks: CheckWatch?
    private let annotations: AnnotationFeed?
    private let report: @Sendable (String) -> Void
    private let onAnnotations: @Sendable (AnnotationFeed.Progress) -> Void

    /// Puts them together; without `checks` no deploy is looked at by itself.
    ///
    /// `annotations` brings deploys and checks to Grafana; `onAnnotations` hears what it wrote, and what it could not.
    ///
    /// `report` hears in one line what went wrong elsewhere, and that the file of tokens was read again.
    package init(
        watch: Watch,
        web: WebSettings,
        checks: CheckWatch? = nil,
        annotations: AnnotationFeed? = nil,
        report: @escaping @Sendable (String) -> Void = { _ in },
        onAnnotations: @escaping @Sendable (AnnotationFeed.Progress) -> Void = { _ in }
    ) {
        self.watch = watch
        settings = web
        self.checks = checks
        self.annotations = annotations
        self.report = report
        self.onAnnotations = onAnnotations
    }

    /// Runs until it is cancelled; throws `RunFailure` when a port cannot be listened on.
    ///
    /// When it returns, the open window is stored.
    package func run(onListening: @escaping @Sendable (Endpoint, Int) -> Void) async throws {
        let logger = Logger(label: "plimsoll.serve") { _ in SwiftLogNoOpLogHandler() }
        var state = WebState(store: watch.store, watch: watch, checks: checks, now: WallClock.now)
        state.annotations = annotations?.counters
        let server = WebServer(settings: settings, state: state, logger: logger, report: report) {
            onListening(.web, $0)
        }
        var services: [any Service] = [WatchTask(watch: watch) { onListening(.receiver($0), $1) }, server]
        if let checks { services.append(CheckTask(checks: checks)) }
        if let annotations { services.append(AnnotationTask(feed: annotations, told: onAnnotations)) }
        if let book = settings.tokenFile { services.append(TokenRefresh(book: book, report: report)) }
        let group = ServiceGroup(services: services, logger: logger)
        do {
            // Detached, so that servers end in their own order instead of being cancelled with connections half open.
            let serving = Task.detached { try await group.run() }
            try await withTaskCancellationHandler {
                try await serving.value
            } onCancel: {
                Task { await group.triggerGracefulShutdown() }
            }
        } catch let error as RunFailure {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw RunFailure.notCarriedOut("the web server on \(settings.host):\(settings.port): \(error)")
        }
    }
}
