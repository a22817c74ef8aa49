import Foundation
import TestSupport

/// A scratch folder with a project in it, and Plimsoll to run there; removed when the test lets go of it.
final class Workplace: Sendable {
    let directory: String

    init() throws {
        directory =
            FileManager.default.temporaryDirectory
            .appending(path: "plimsoll-e2e-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(atPath: directory + "/perf", withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    var store: String { directory + "/plimsoll.db" }

    func write(_ text: String, to file: String) throws {
        try text.write(toFile: directory + "/perf/" + file, atomically: true, encoding: .utf8)
    }

    /// Starts `plimsoll run perf` with its own store and any free OTLP port.
    func start(out: String = "out", environment: [String: String] = [:], _ extra: String...) throws -> Command {
        try Command(
            Workplace.plimsoll,
            ["run", "perf", "--out", out, "--store", store, "--otlp-port", "0"] + extra,
            directory: directory,
            environment: environment
        )
    }

    func run(out: String = "out", environment: [String: String] = [:]) async throws -> Command.Result {
        try await repeatingInvalid { try await start(out: out, environment: environment).wait() }
    }

    /// Runs again, as exit code 4 asks for, when the machine was too busy for a valid measurement; twice at most.
    func repeatingInvalid(_ run: () async throws -> Command.Result) async throws -> Command.Result {
        for _ in 1...2 {
            let result = try await run()
            if result.exitCode != 4 { return result }
        }
        return try await run()
    }

    /// An artifact as parsed JSON.
    func json(_ path: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: URL(filePath: directory + "/" + path)))
    }

    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: directory + "/" + path) }

    /// The built products lie beside the test binary.
    static let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path
    static let plimsoll = products + "/plimsoll"
    static let shop = products + "/shop"
    static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path
}
