import Baselines
import Correlation
import Curl
import Foundation
import Logging
import Telemetry
import TestSupport

@testable import Runs
@testable import Web

/// A real web server on a free loopback port over a store of its own, for as long as a closure runs.
struct FeedServer: Sendable {
    let url: String
    let store: BaselineStore
    let client: HTTPClient
    let clock: StandingClock

    /// Fifty minutes after `SampleMinutes.start` are now; `minutes` of them are stored, with a trace of every request.
    static func serving(minutes: Int = 2, _ body: @escaping @Sendable (FeedServer) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "plimsoll-feed-\(UUID().uuidString).db").path
        defer {
            for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
        }
        let store = try BaselineStore(path: path)
        for minute in 0..<minutes {
            try await store.record(
                SampleMinutes.window(minute),
                traces: (0..<20).map { StoredTrace(role: .typical, document: SampleMinutes.trace($0, in: minute)) }
            )
        }
        let watch = Watch(settings: WatchSettings(), store: store)
        // What a watch does first: it learns from the store what was known before.
        try await watch.restore()
        let clock = StandingClock(SampleMinutes.start)
        var settings = WebSettings()
        settings.port = 0
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let server = WebServer(
            settings: settings,
            state: WebState(store: store, watch: watch, now: { clock.now }),
            logger: Logger(label: "feed") { _ in SwiftLogNoOpLogHandler() },
            onListening: { listening.yield($0) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
                // What counts from the start of the process on has begun to count.
                clock.now += 50 * TelemetryWindow.length
                let client = HTTPClient(connections: 2)
                try await body(
                    FeedServer(url: "http://127.0.0.1:\(port)", store: store, client: client, clock: clock)
                )
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    func get(_ path: String, accept: String = "application/json") async throws -> HTTPResponse {
        try await client.send(
            HTTPRequest(
                url: url + path,
                headers: [
                    HTTPHeader(name: "Accept", value: accept),
                    HTTPHeader(name: "User-Agent", value: "Grafana/13.1.0"),
                ],
                timeout: .seconds(30),
                maximumResponseBytes: 32 << 20
            )
        )
    }

    /// The decoded answer, whatever its status.
    func json(_ path: String) async throws -> (status: Int, body: [String: Any]) {
        let answer = try await get(path)
        let object = try JSONSerialization.jsonObject(with: Data(answer.body))
        return (answer.status, object as? [String: Any] ?? [:])
    }
}
