import Foundation
import TestSupport

/// Python's own web server on a free port: a target without any telemetry.
final class PythonServer: Sendable {
    let port: Int
    private let command: Command

    private init(port: Int, command: Command) {
        self.port = port
        self.command = command
    }

    static func start() async throws -> PythonServer {
        let port = try freePort()
        let command = try Command(
            "/usr/bin/env",
            ["python3", "-m", "http.server", "\(port)", "--bind", "127.0.0.1"],
            directory: FileManager.default.temporaryDirectory.path
        )
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            let answer = try await Command(
                "/usr/bin/env",
                ["python3", "-c", "import socket; socket.create_connection(('127.0.0.1', \(port)), 1)"]
            ).wait()
            if answer.exitCode == 0 { return PythonServer(port: port, command: command) }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw CommandError.timedOut(after: 10, said: command.standardErrorSoFar)
    }

    func stop() { kill(command.processIdentifier, SIGKILL) }
}
