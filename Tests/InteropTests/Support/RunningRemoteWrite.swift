import Collectors
import Correlation
import Logging
import Testing

/// Our remote-write receiver on a free port, for the length of one closure.
struct RunningRemoteWrite: Sendable {
    let url: String
    let store: SeriesStore
    let counters: RemoteWriteCounters

    static func with(_ body: @escaping @Sendable (RunningRemoteWrite) async throws -> Void) async throws {
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        let store = SeriesStore()
        let counters = RemoteWriteCounters()
        let receiver = RemoteWriteReceiver(
            port: 0,
            counters: counters,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            onListening: { announce.yield($0) },
            sink: { store.append($0) }
        )
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await receiver.run()
                return false
            }
            group.addTask {
                let port = try #require(await ports.first { _ in true })
                let url = "http://127.0.0.1:\(port)/api/v1/write"
                try await body(RunningRemoteWrite(url: url, store: store, counters: counters))
                return true
            }
            defer { group.cancelAll() }
            while let isDone = try await group.next(), !isDone {}
        }
    }
}

/// Looks again until something holds; false after `seconds`.
func eventually(within seconds: Double = 30, _ holds: () async throws -> Bool) async rethrows -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline {
        if try await holds() { return true }
        try? await Task.sleep(for: .milliseconds(50))
    }
    return try await holds()
}
