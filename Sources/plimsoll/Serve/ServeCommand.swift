import ArgumentParser
import Baselines
import Foundation
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
            http://127.0.0.1:4320. With PLIMSOLL_GRAFANA_URL and PLIMSOLL_GRAFANA_TOKEN set, deploys and checks become \
            annotations in Grafana. Ctrl-C or SIGTERM ends it and stores the minute that has begun; a kill loses that \
            minute and none before.
            """
    )

    @OptionGroup var receiver: ReceiverOptions

    @OptionGroup var store: StoreOptions

    @Option(name: .long, help: "Port of the web page and the API; 0 takes a free one.")
    var port = 4320

    @Option(name: .long, help: "File of access tokens for the web page and the API (see `plimsoll token`).")
    var tokens: String?

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

    @Option(
        name: .long,
        help: "Percent of requests that must be good: 99.9, or SERVICE=99.9; may be repeated. Alerts as budgets burn."
    )
    var slo: [ObjectiveOption] = []

    func validate() throws {
        try ReceiverOptions.validate(port: port)
        guard Set(slo.map(\.service)).count == slo.count else {
            throw ValidationError("--slo must be given once for all services, and once for each")
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
        let reporting = Task { await ServeReport(watch: service.watch).run() }
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
        web.certificatePath = receiver.tlsCert
        web.keyPath = receiver.tlsKey
        web.projects = projects
        let path = StoreOptions.path(store.store, environment: ProcessInfo.processInfo.environment)
        do {
            if let tokens { web.tokens = try TokenFile.read(tokens) }
            if store.store == nil {
                try? FileManager.default.createDirectory(
                    at: URL(filePath: path).deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
            }
            let warnings = [receiver.warning].compactMap { $0 } + web.warnings.map { "warning: \($0)" }
            for warning in warnings { writeLine("!!! \(warning)", to: STDERR_FILENO) }
            let grafana = try GrafanaAccess(environment: ProcessInfo.processInfo.environment)
            let watch = Watch(settings: settings, store: try BaselineStore(path: path))
            writeLine("keeping \(retention.text) in \(path), \(storeMib) MiB at most", to: STDERR_FILENO)
            return WatchingService(
                watch: watch,
                web: web,
                annotations: grafana.map { access in
                    AnnotationFeed(
                        store: watch.store,
                        annotations: GrafanaAnnotations(access: access),
                        now: WallClock.now
                    )
                },
                onAnnotations: { progress in
                    guard let error = progress.lastError else { return }
                    writeLine("plimsoll: \(error); trying again", to: STDERR_FILENO)
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
