import ArgumentParser
import Baselines
import Foundation

/// Which store a command works on, and what its failures look like.
struct StoreOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "SQLite file of baselines (default: $XDG_DATA_HOME or ~/.local/share, then plimsoll/plimsoll.db)."
    )
    var store: String?

    /// The path given, or the one under the user's data folder.
    static func path(_ given: String?, environment: [String: String]) -> String {
        if let given { return given }
        let home = environment["HOME"] ?? NSHomeDirectory()
        let data = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(home)/.local/share"
        return "\(data)/plimsoll/plimsoll.db"
    }

    /// Runs `body` on the store; any failure is one line on standard error and exit code 2.
    ///
    /// With `creates` a store that does not exist yet is made; otherwise that is a failure.
    func withStore(creates: Bool = false, _ body: (BaselineStore) async throws -> Void) async throws {
        let path = StoreOptions.path(store, environment: ProcessInfo.processInfo.environment)
        do {
            guard creates || FileManager.default.fileExists(atPath: path) else {
                throw CommandFailure(
                    "there is no store at \(path) yet: `plimsoll run` makes one, or name it with --store"
                )
            }
            if creates {
                try? FileManager.default.createDirectory(
                    at: URL(filePath: path).deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
            }
            try await body(try BaselineStore(path: path))
        } catch let exit as ExitCode {
            throw exit
        } catch {
            writeLine("error: \(error)", to: STDERR_FILENO)
            throw ExitCode(2)
        }
    }
}
