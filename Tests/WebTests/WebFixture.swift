import Analysis
import Authentication
import Baselines
import Correlation
import Curl
import Foundation
import Logging
import Runs
import Telemetry
import TestSupport
import Testing

@testable import Web

/// A real web server on a free loopback port over a store of its own, for as long as a closure runs.
struct WebFixture: Sendable {
    static let reader = "plim_reader"
    static let writer = "plim_writer"
    static let now: UInt64 = 1_790_000_000_000_000_000

    let port: Int
    let store: BaselineStore
    let watch: Watch
    let client: HTTPClient

    var url: String { "http://127.0.0.1:\(port)" }

    static func token(_ text: String, _ scopes: Set<AccessScope>) -> AccessToken {
        AccessToken(name: text, digest: SecretText.digest(text), scopes: scopes)
    }

    static let tokens = [token(reader, [.read]), token(writer, [.read, .write])]

    static func serving(
        _ change: (inout WebSettings) -> Void = { _ in },
        reports: Reports = Reports(),
        fill: @Sendable (BaselineStore) async throws -> Void = { _ in },
        _ body: @Sendable @escaping (WebFixture) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plimsoll-web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try BaselineStore(path: folder.appending(path: "plimsoll.db").path)
        try await fill(store)
        var settings = WebSettings()
        settings.port = 0
        change(&settings)
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let watch = Watch(settings: WatchSettings(), store: store)
        let server = WebServer(
            settings: settings,
            state: WebState(store: store, watch: watch, now: { now }),
            logger: Logger(label: "web") { _ in SwiftLogNoOpLogHandler() },
            report: { reports.add($0) },
            onListening: { listening.yield($0) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
                try await body(WebFixture(port: port, store: store, watch: watch, client: HTTPClient(connections: 2)))
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    func get(_ path: String, token: String? = nil, _ headers: [String: String] = [:]) async throws -> HTTPResponse {
        try await send("GET", path, token: token, headers)
    }

    func post(
        _ path: String,
        _ body: String,
        type: String = "application/json",
        token: String? = nil,
        _ headers: [String: String] = [:]
    ) async throws -> HTTPResponse {
        try await send("POST", path, token: token, headers.merging(["Content-Type": type]) { first, _ in first }, body)
    }

    func form(_ path: String, _ body: String, _ headers: [String: String] = [:]) async throws -> HTTPResponse {
        try await post(path, body, type: "application/x-www-form-urlencoded", headers)
    }

    private func send(
        _ method: String,
        _ path: String,
        token: String?,
        _ headers: [String: String],
        _ body: String = ""
    ) async throws -> HTTPResponse {
        var fields = headers.map { HTTPHeader(name: $0.key, value: $0.value) }
        if let token { fields.append(HTTPHeader(name: "Authorization", value: "Bearer \(token)")) }
        return try await client.send(
            HTTPRequest(method: method, url: url + path, headers: fields, body: Array(body.utf8))
        )
    }

    /// Changes the store behind the service's back.
    func change(_ statement: String) async throws {
        let said = try await Command.python(
            """
            import sqlite3, sys
            store = sqlite3.connect(sys.argv[1], 10)
            store.execute(sys.argv[2])
            store.commit()
            print('done')
            """,
            store.path,
            statement
        )
        #expect(said == "done\n")
    }

    /// Sends bytes as they are on a connection of their own; returns what came until it was closed.
    func raw(_ text: String) async throws -> String {
        try await Command.python(
            """
            import socket, sys
            s = socket.create_connection(('127.0.0.1', \(port)), 15)
            s.sendall(sys.argv[1].encode().decode('unicode_escape').encode('latin-1'))
            out = b''
            while True:
                try:
                    part = s.recv(65536)
                except OSError:
                    break
                if not part: break
                out += part
            sys.stdout.write(out.decode('latin-1'))
            """,
            text
        )
    }
}

extension Command {
    /// What a script prints.
    static func python(_ script: String, _ arguments: String...) async throws -> String {
        try await Command("/usr/bin/env", ["python3", "-c", script] + arguments).wait(timeout: 30).standardOutput
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    func json() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
    }
}
