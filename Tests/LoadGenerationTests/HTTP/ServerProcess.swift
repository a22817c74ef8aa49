import Curl
import Foundation
import Plans

/// A server of `fixtures/http-server` in a process of its own, on a free port of loopback.
final class ServerProcess: Sendable {
    struct Failure: Error {
        var reason: String
    }

    /// A request as the server saw it.
    struct Request {
        var method: String
        var target: String
        var headers: [(name: String, value: String)]
        var body: String
        /// Counts the server's connections from 1.
        var connection: Int

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    let port: Int
    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()

    init(_ script: String) throws {
        let file = URL(filePath: #filePath).appending(path: "../../../../fixtures/http-server/\(script)").standardized
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", file.path]
        process.standardOutput = output
        // Its end is how the server learns that this process is gone, however it went.
        process.standardInput = input
        try process.run()
        guard let port = Int(ServerProcess.line(from: output.fileHandleForReading)) else {
            throw Failure(reason: "\(script) printed no port")
        }
        self.port = port
    }

    var url: String { "http://127.0.0.1:\(port)" }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// All requests so far.
    func requests() async throws -> [Request] {
        let response = try await HTTPClient(connections: 1)
            .send(HTTPRequest(url: "\(url)/requests", maximumResponseBytes: 64 << 20))
        guard let list = JSONParser.parse(response.body)?.elements else { throw Failure(reason: "no list of requests") }
        return list.map { value in
            Request(
                method: value["method"]?.text ?? "",
                target: value["target"]?.text ?? "",
                headers: (value["headers"]?.elements ?? []).map { pair in
                    let words = (pair.elements ?? []).map { $0.text ?? "" }
                    return (name: words.first ?? "", value: words.last ?? "")
                },
                body: value["body"]?.text ?? "",
                connection: Int(value["connection"]?.scalarText ?? "") ?? 0
            )
        }
    }

    /// What it has printed after its port; ends the server.
    func stopAndReadOutput() -> [String] {
        try? input.fileHandleForWriting.close()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func line(from handle: FileHandle) -> String {
        var bytes: [UInt8] = []
        while let byte = handle.readData(ofLength: 1).first, byte != 10 { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
