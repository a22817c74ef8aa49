import ArgumentParser
import Authentication
import Foundation

/// `plimsoll token create`: prints a new token once, and keeps only its hash.
struct TokenCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make an access token for `plimsoll serve --tokens FILE`.",
        discussion: """
            The token is printed once, on standard output; the file gets its name, scopes and SHA-256.

            EXAMPLES
              plimsoll token create --name you --scope read,write
              plimsoll token create --name collector --scope ingest
              OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20$TOKEN"    what a service with an OpenTelemetry SDK is given
            """
    )

    @Option(name: .long, help: "Who it is for, such as grafana; letters, digits, dots, dashes and underscores.")
    var name: String

    @Option(name: .long, help: "What it allows: any of ingest, read, write, separated by commas.")
    var scope = "read"

    @Option(
        name: .long,
        help: "The file of tokens (default: $XDG_CONFIG_HOME or ~/.config, then plimsoll/tokens)."
    )
    var tokens: String?

    func validate() throws {
        let isPlain = !name.isEmpty && name.utf8.count <= 60 && name.wholeMatch(of: /[A-Za-z0-9._-]+/) != nil
        guard isPlain else {
            throw ValidationError(
                "--name must be letters, digits, dots, dashes and underscores, such as grafana; found \(name)"
            )
        }
        _ = try scopes()
    }

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let path = tokens ?? TokenCreateCommand.standardPath(environment)
        let text = SecretText.token()
        let token = AccessToken(name: name, digest: SecretText.digest(text), scopes: try scopes())
        do {
            if let known = try? TokenFile.read(path), known.contains(where: { $0.name == name }) {
                throw ValidationError(
                    "\(path) has a token of the name \(name) already: remove its line, or take another name"
                )
            }
            try? FileManager.default.createDirectory(
                at: URL(filePath: path).deletingLastPathComponent(),
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
            try TokenFile.append(token, to: path)
        } catch let failure as TokenFile.Failure {
            writeLine("plimsoll: error: \(failure)", to: STDERR_FILENO)
            throw ExitCode(2)
        }
        try writeResult(text, to: STDOUT_FILENO)
        writeLine("added \(name) to \(path); a running service reads it within seconds", to: STDERR_FILENO)
    }

    static func standardPath(_ environment: [String: String]) -> String {
        let folder =
            environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? (environment["HOME"] ?? ".") + "/.config"
        return folder + "/plimsoll/tokens"
    }

    private func scopes() throws -> Set<AccessScope> {
        let scopes = scope.split(separator: ",").map { (word: $0, scope: AccessScope(rawValue: String($0))) }
        if let unknown = scopes.first(where: { $0.scope == nil }) {
            throw ValidationError(
                "--scope must be any of ingest, read, write, such as read,write; found \(unknown.word)"
            )
        }
        guard !scopes.isEmpty else { throw ValidationError("--scope must name one of ingest, read, write") }
        return Set(scopes.compactMap(\.scope))
    }
}
