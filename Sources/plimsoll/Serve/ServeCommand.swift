import ArgumentParser
import Authentication
import Baselines
import Foundation
import Listeners
import Runs
import Telemetry
import Web

/// `plimsoll serve`: the process that stays up beside a system.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Stay up beside a system: receive OTLP, keep a window a minute, mark deploys, show it all.",
        discussion: """
            Listens on 127.0.0.1. Point services at it with OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 and open \
            http://127.0.0.1:4320. Every deploy that is declared or noticed is checked by itself at the times of --looks, \
            and --webhook tells of it. With PLIMSOLL_GRAFANA_URL and PLIMSOLL_GRAFANA_TOKEN set, deploys and checks become \
            annotations in Grafana. Ctrl-C or SIGTERM ends it and stores the minute that has begun; a kill loses that \
            minute and none before.
            """
    )

    @OptionGroup var receiver: ReceiverOptions

    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "Port of the web page and the API; 0 takes a free one.")
    var port = 4320

    @Option(name: .long, help: "File of access tokens, for every port (see `plimsoll token`); may change.")
    var tokens: String?

    @Option(name: .long, help: "PEM file with a CA; who asks for the page or the API must show a certificate of it.")
    var webClientCa: String?

    @Option(name: .long, help: "Name by which browsers may ask for the page beside --host; may be repeated.")
    var allowedHost: [String] = []

    @Option(name: .long, help: "Folder below which projects lie that may be run over HTTP; none without it.")
    var projects: String?

    @Option(name: .long, help: "How long windows, traces, deploys and checks are kept, such as 36h or 14d.")
    var retention = RetentionOption.twoWeeks

    @Option(name: .long, help: "MiB that the store's file may take up; past it the oldest go first.")
    var storeMib = 2_048

    @Option(name: .long, help: "MiB of spans held in memory; past it whole traces are given up, and counted.")
    var memoryMib = 256

    @Option(name: .long, help: "When each deploy is checked after it: up to four times.")
    var looks = CheckLooks.standard

    @Option(
        name: .long,
        help: "Percent of requests that must be good: 99.9, or SERVICE=99.9; may be repeated. Alerts as budgets burn."
    )
    var slo: [ObjectiveOption] = []

    @OptionGroup var notification: CheckNotification

    func validate() throws {
        try ReceiverOptions.validate(port: port)
        guard Set(slo.map(\.service)).count == slo.count else {
            throw ValidationError("--slo must be given once for all services, and once for each")
        }
        guard webClientCa == nil || receiver.tlsCert != nil else {
            throw ValidationError("--web-client-ca needs --tls-cert and --tls-key")
        }
        guard (16...1_048_576).contains(storeMib) else {
            throw ValidationError("--store-mib must be 16...1048576; found \(storeMib)")
        }
        guard (16...65_536).contains(memoryMib) else {
            throw ValidationError("--memory-mib must be 16...65536; found \(memoryMib)")
        }
    }

    func run() async throws {
        let service = try makeService()
        let serving = Task {
            try await service.run { what, port in writeLine(line(for: what, port: port), to: STDERR_FILENO) }
        }
        let signals = InterruptSignals { serving.cancel() }
        defer { withExtendedLifetime(signals) {} }
        let reporting = Task { await ServeReport(watch: service.watch, checks: service.checks).run() }
        defer { reporting.cancel() }
        do {
            try await serving.value
        } catch is CancellationError {
            // Ctrl-C is how this command ends.
        } catch let failure as RunFailure {
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(failure.exitCode)
        }
        let progress = service.watch.progress
        writeLine(
            "stopped: \(progress.acceptedSpans) spans received, \(progress.storedWindows) windows stored",
            to: STDERR_FILENO
        )
        guard progress.lostWindows == 0, progress.lastError == nil else {
            writeLine("plimsoll: error: \(progress.lastError ?? "windows were lost")", to: STDERR_FILENO)
            throw ExitCode(3)
        }
    }

    private func makeService() throws -> WatchingService {
        var settings = WatchSettings()
        settings.reception = receiver.settings
        settings.reception.storeBytes = memoryMib << 20
        settings.retention = retention.duration
        settings.storeBytes = storeMib << 20
        settings.objectives = ObjectiveOption.objectives(slo)
        var web = WebSettings()
        web.host = receiver.host
        web.port = port
        web.allowedHosts = allowedHost
        web.certificate = receiver.certificate(clientCA: webClientCa)
        web.limits = receiver.limits
        web.projects = projects
        let path = StoreOptions.path(store.store, environment: ProcessInfo.processInfo.environment)
        do {
            if let tokens {
                let book = try TokenBook(path: tokens)
                (web.tokenFile, settings.reception.credentials.file) = (book, book)
            }
            if store.store == nil {
                try? FileManager.default.createDirectory(
                    at: URL(filePath: path).deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
            }
            var warnings = [receiver.warning(for: settings.reception)].compactMap { $0 }
            warnings += web.warnings.map { "warning: \($0)" }
            if !settings.reception.credentials.isOpen, !settings.reception.credentials.scopes.contains(.ingest) {
                warnings.append("warning: no token has the scope ingest, so that nothing may send telemetry")
            }
            for warning in warnings { writeLine("!!! \(warning)", to: STDERR_FILENO) }
            let environment = ProcessInfo.processInfo.environment
            let grafana = try GrafanaAccess(environment: environment)
            let notices = try notification.notices(environment: environment)
            let watch = Watch(settings: settings, store: try BaselineStore(path: path))
            writeLine("keeping \(retention.text) in \(path), \(storeMib) MiB at most", to: STDERR_FILENO)
            return WatchingService(
                watch: watch,
                web: web,
                checks: CheckWatch(store: watch.store, looks: looks.nanoseconds, notices: notices, now: WallClock.now),
                annotations: grafana.map {
                    AnnotationFeed(store: watch.store, annotations: GrafanaAnnotations(access: $0), now: WallClock.now)
                },
                report: { writeLine("plimsoll: \($0)", to: STDERR_FILENO) },
                onAnnotations: { progress in
                    guard let error = progress.lastError else { return }
                    let next = progress.failed > 0 ? "trying again" : "passed over"
                    writeLine("plimsoll: \(error); \(next)", to: STDERR_FILENO)
                }
            )
        } catch let failure as RunFailure {
            for line in failure.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(failure.exitCode)
        } catch {
            writeLine("plimsoll: error: \(error)", to: STDERR_FILENO)
            throw ExitCode(2)
        }
    }

    private func line(for what: WatchingService.Endpoint, port: Int) -> String {
        let scheme = receiver.tlsCert == nil ? "http" : "https"
        let host = receiver.host.contains(":") ? "[\(receiver.host)]" : receiver.host
        return switch what {
        case .web:
            "web page and API on \(scheme)://\(host):\(port) - after a deploy: plimsoll deploy --service NAME --version V"
        case .receiver("http"):
            "receiving OTLP/http on \(host):\(port) - services: OTEL_EXPORTER_OTLP_ENDPOINT=\(scheme)://\(host):\(port)"
        case .receiver(let transport):
            "receiving OTLP/\(transport) on \(host):\(port)"
        }
    }
}
