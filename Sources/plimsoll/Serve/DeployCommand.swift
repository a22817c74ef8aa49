import Analysis
import ArgumentParser
import Baselines
import Foundation
import Runs
import Telemetry

/// `plimsoll deploy`: the moment at which a version began to take requests, written into the store.
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Mark a deploy, or list those that are marked.",
        discussion: """
            Writes straight into the store, also while `plimsoll serve` uses it, or asks a running service to with \
            --server. Without --at it is now.

              plimsoll deploy --service orders --version 1.4.2
              plimsoll deploy --service orders --version 1.4.2 --at 2026-11-22T09:30:00Z --url https://ci/42
              plimsoll deploy --service orders --version 1.4.2 --server http://plimsoll:4320
              plimsoll deploy --list
            """
    )

    @OptionGroup var store: StoreOptions

    @OptionGroup var remote: ServiceOptions

    @Option(name: .long, help: "service.name of what was deployed; with --list only its deploys.")
    var service: String?

    @Option(name: .customLong("version"), help: "service.version that now runs.")
    var deployedVersion: String?

    @Option(name: .long, help: "When: 2026-11-22T09:30:00Z, or Unix seconds (default: now).")
    var at: DeployTime?

    @Option(name: .long, help: "What changed.")
    var message: String?

    @Option(name: .long, help: "Address of the pipeline or the release.")
    var url: String?

    @Flag(name: .long, help: "List deploys, newest first.")
    var list = false

    @Option(name: .long, help: "With --list: at most this many.")
    var limit = 20

    @Flag(name: .long, help: "With --list: print JSON.")
    var json = false

    func validate() throws {
        guard store.store == nil || remote.server == nil else {
            throw ValidationError("--store or --server: only one can be asked")
        }
        guard !list else {
            guard deployedVersion == nil, at == nil, message == nil, url == nil else {
                throw ValidationError("--list takes no --version, --at, --message or --url")
            }
            guard limit > 0 else { throw ValidationError("--limit must be at least 1; found \(limit)") }
            return
        }
        for (option, value) in [("--service", service), ("--version", deployedVersion)] where value == nil {
            throw ValidationError("\(option) is missing: plimsoll deploy --service orders --version 1.4.2")
        }
        let now = WallClock.now()
        if let problem = marker(now: now).problem(now: now) { throw ValidationError(problem) }
    }

    func run() async throws {
        do throws(RunFailure) {
            if let service = try remote.service(environment: ProcessInfo.processInfo.environment) {
                return try await run(at: service)
            }
        } catch {
            for line in error.lines { writeLine(line, to: STDERR_FILENO) }
            throw ExitCode(error.exitCode)
        }
        try await store.withStore(creates: !list) { store in
            guard !list else { return try show(try await store.deploys(of: service, limit: limit), of: store.path) }
            let marker = marker(now: WallClock.now())
            try await store.record(marker)
            tell(marker, place: store.path)
        }
    }

    private func run(at place: PlimsollService) async throws(RunFailure) {
        guard list else {
            return tell(try await place.declare(marker(now: WallClock.now())), place: remote.server ?? "")
        }
        let deploys = try await place.deploys(of: service, limit: limit)
        do {
            try show(deploys, of: remote.server ?? "")
        } catch {
            throw .notCarriedOut("\(error)")
        }
    }

    private func marker(now: UInt64) -> DeployMarker {
        DeployMarker(
            service: service ?? "",
            version: deployedVersion ?? "",
            at: at?.nanoseconds ?? now,
            source: .declared,
            message: message,
            url: url
        )
    }

    private func tell(_ marker: DeployMarker, place: String) {
        writeLine(
            "marked \(marker.service) \(marker.version) at \(JSONLine.time(marker.at)) in \(place)",
            to: STDOUT_FILENO
        )
    }

    private func show(_ deploys: [DeployMarker], of place: String) throws {
        if json {
            writeLine(try JSONLine.text(deploys), to: STDOUT_FILENO)
            return
        }
        guard !deploys.isEmpty else {
            writeLine("no deploys are marked in \(place)", to: STDERR_FILENO)
            return
        }
        var table = TextTable(["TIME", "SERVICE", "VERSION", "SOURCE", "MESSAGE"], rightAligned: [])
        for deploy in deploys {
            table.add([
                JSONLine.time(deploy.at), DeployCommand.printable(deploy.service),
                DeployCommand.printable(deploy.version),
                deploy.source.rawValue, DeployCommand.printable(deploy.message ?? ""),
            ])
        }
        writeLine(table.text, to: STDOUT_FILENO)
    }

    /// Markers come over HTTP, too: nothing in them may steer the terminal.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 })
        )
    }
}
