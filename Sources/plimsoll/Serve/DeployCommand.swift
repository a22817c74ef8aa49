import Analysis
import ArgumentParser
import Baselines
import Foundation
import Telemetry

/// `plimsoll deploy`: the moment at which a version began to take requests, written into the store.
struct DeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Mark a deploy, or list those that are marked.",
        discussion: """
            Writes straight into the store, also while `plimsoll serve` uses it. Without --at it is now.

              plimsoll deploy --service orders --version 1.4.2
              plimsoll deploy --service orders --version 1.4.2 --at 2026-11-22T09:30:00Z --url https://ci/42
              plimsoll deploy --list
            """
    )

    @OptionGroup var store: StoreOptions

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

    private static let nameBytes = 200
    private static let textBytes = 2_000

    func validate() throws {
        guard !list else {
            guard deployedVersion == nil, at == nil, message == nil, url == nil else {
                throw ValidationError("--list takes no --version, --at, --message or --url")
            }
            guard limit > 0 else { throw ValidationError("--limit must be at least 1; found \(limit)") }
            return
        }
        for (option, value) in [("--service", service), ("--version", deployedVersion)] {
            guard let value, !value.isEmpty else {
                throw ValidationError("\(option) is missing: plimsoll deploy --service orders --version 1.4.2")
            }
            guard value.utf8.count <= DeployCommand.nameBytes, !value.unicodeScalars.contains(where: { $0.value < 32 })
            else { throw ValidationError("\(option) must be one line of \(DeployCommand.nameBytes) bytes at most") }
        }
        guard (message?.utf8.count ?? 0) <= DeployCommand.textBytes else {
            throw ValidationError("--message must have \(DeployCommand.textBytes) bytes at most")
        }
        if let url, !(url.hasPrefix("http://") || url.hasPrefix("https://")) || url.utf8.count > DeployCommand.textBytes
        {
            throw ValidationError("--url must be an http or https address; found \(url)")
        }
    }

    func run() async throws {
        try await store.withStore(creates: !list) { store in
            if list { try await showDeploys(of: store) } else { try await mark(in: store) }
        }
    }

    private func mark(in store: BaselineStore) async throws {
        let now = WallClock.now()
        let time = at?.nanoseconds ?? now
        guard time <= now + 86_400_000_000_000 else {
            throw CommandFailure("--at is more than a day from now: a deploy is marked when it happens")
        }
        let marker = DeployMarker(
            service: service ?? "",
            version: deployedVersion ?? "",
            at: time,
            source: .declared,
            message: message,
            url: url
        )
        try await store.record(marker)
        writeLine(
            "marked \(marker.service) \(marker.version) at \(JSONLine.time(time)) in \(store.path)",
            to: STDOUT_FILENO
        )
    }

    private func showDeploys(of store: BaselineStore) async throws {
        let deploys = try await store.deploys(of: service, limit: limit)
        if json {
            writeLine(try JSONLine.text(deploys), to: STDOUT_FILENO)
            return
        }
        guard !deploys.isEmpty else {
            writeLine("no deploys are marked in \(store.path)", to: STDERR_FILENO)
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
