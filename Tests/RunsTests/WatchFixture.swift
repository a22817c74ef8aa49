import Baselines
import Correlation
import Foundation
import Synchronization
import Telemetry

@testable import Runs

/// A watch without receivers whose clock stands until a test moves it.
final class WatchFixture: Sendable {
    static let second: UInt64 = 1_000_000_000
    static let minute: UInt64 = 60_000_000_000
    /// A whole minute.
    static let origin: UInt64 = 1_700_000_040 * second

    let folder: String
    let watch: Watch
    private let clock: TestClock

    init(folder: String? = nil, at start: UInt64 = origin, _ change: (inout WatchSettings) -> Void = { _ in }) throws {
        let folder =
            folder ?? FileManager.default.temporaryDirectory.appending(path: "plimsoll-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.folder = folder
        var settings = WatchSettings()
        settings.reception.storeBytes = 32 << 20
        change(&settings)
        let clock = TestClock(start)
        self.clock = clock
        watch = Watch(settings: settings, store: try BaselineStore(path: folder + "/plimsoll.db")) { clock.now }
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    var store: BaselineStore { watch.store }

    /// Sets the clock, seconds after the origin, and lets the watch look at it.
    func go(to seconds: Double) async {
        clock.now = UInt64(Double(WatchFixture.origin) + seconds * 1e9)
        watch.advance()
        await watch.writer.flush(now: { [clock] in clock.now })
    }

    /// Receives a request: a root at `seconds` after the origin and one call below it.
    func receive(
        trace: UInt64,
        at seconds: Double,
        version: String = "",
        milliseconds: Double = 10,
        hasRoot: Bool = true,
        errorType: String = "",
        id: UInt64 = 1,
        parent: UInt64? = nil,
        service: String = "shop"
    ) {
        let generation = watch.memory.intake.current
        let vocabulary = generation.vocabulary
        var attributes: [AttributeID] = []
        if !version.isEmpty {
            let key = vocabulary.intern("service.version")
            attributes.append(vocabulary.intern(key: key, value: vocabulary.intern(version)))
        }
        var batch = TelemetryBatch()
        let start = UInt64(Double(WatchFixture.origin) + seconds * 1e9)
        batch.spans.append(
            SpanFields(
                traceID: TraceID(high: 9, low: trace),
                spanID: SpanID(id),
                parentID: SpanID(parent ?? (hasRoot ? 0 : 77)),
                startNanoseconds: start,
                endNanoseconds: start + UInt64(milliseconds * 1e6),
                operation: vocabulary.intern(OperationKey(service: service, name: "GET /\(id)", kind: .server)),
                kind: .server,
                errorType: vocabulary.intern(errorType),
                flags: errorType.isEmpty ? [] : .error
            ),
            attributes: attributes
        )
        _ = generation.inbox.append(batch)
    }

    /// Every window of the store, by minutes after the origin.
    func windows() async throws -> [Int: Int] {
        var spans: [Int: Int] = [:]
        for window in try await store.windows(in: 0..<UInt64.max) {
            spans[Int(Int64(window.start) - Int64(WatchFixture.origin)) / Int(WatchFixture.minute)] = window.spans
        }
        return spans
    }
}

/// A wall clock that stands still.
final class TestClock: Sendable {
    private let time: Mutex<UInt64>

    init(_ start: UInt64) {
        time = Mutex(start)
    }

    var now: UInt64 {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }
}
