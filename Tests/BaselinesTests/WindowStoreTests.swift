import Baselines
import Correlation
import Foundation
import Telemetry
import TestSupport
import Testing

@Suite struct WindowStoreTests {
    private typealias Place = TemporaryStore

    private static let minute = TelemetryWindow.length

    @Test func `a window comes back as it went in`() async throws {
        let place = try Place()
        defer { place.remove() }
        var generator = SeededGenerator(seed: 7)
        for (number, operations) in [0, 1, 200].enumerated() {
            let start = UInt64(1_700_000_000 + number * 60) * 1_000_000_000
            var window = SyntheticWindows.window(start: start, operations: operations, using: &generator)
            window.lateSpans = 3
            window.droppedSpans = 5
            try await BaselineStore(path: place.path).record(window)
            // Another connection, so that what is read has been on disk.
            #expect(try await BaselineStore(path: place.path).windows(in: start..<start + 1) == [window])
        }
    }

    @Test func `windows of a range come in order of start, however many`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        #expect(try await store.windowRange() == nil)
        for number in (0..<300).reversed() {
            try await store.record(TelemetryWindow(start: UInt64(number) * Self.minute, traces: number))
        }
        let found = try await store.windows(in: 10 * Self.minute..<290 * Self.minute)
        #expect(found.map(\.traces) == Array(10..<290))
        #expect(try await store.windowRange() == 0...299 * Self.minute)
        #expect(try await store.windows(in: 0..<UInt64.max).count == 300)
    }

    @Test func `a window that is stored again replaces the first, with its traces`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        let first = SampleTraces.document(1, start: 5)
        let second = SampleTraces.document(2, start: 6)
        try await store.record(
            TelemetryWindow(start: 0, traces: 1),
            traces: [StoredTrace(role: .worst, document: first)]
        )
        try await store.record(
            TelemetryWindow(start: 0, traces: 2),
            traces: [StoredTrace(role: .erroring, document: second)]
        )
        #expect(try await store.windows(in: 0..<1).map(\.traces) == [2])
        #expect(try await store.trace(first.traceID) == nil)
        #expect(try await store.trace(second.traceID) == second)
    }

    @Test func `a damaged window is passed over and told of, and the others can be read`() async throws {
        let place = try Place()
        defer { place.remove() }
        try await Self.recordThree(in: place, markingSecond: "MARKED-VERSION")
        var file = try place.bytes
        let mark = try #require(file.range(of: Data("MARKED-VERSION".utf8)))
        file.replaceSubrange(mark, with: Data(repeating: 0xff, count: mark.count))
        try file.write(to: URL(filePath: place.path))

        let store = try BaselineStore(path: place.path)
        var damaged: [UInt64] = []
        let windows = try await store.windows(in: 0..<UInt64.max) { damaged.append($0) }
        #expect(windows.map(\.start) == [1_700_000_040_000_000_000, 1_700_000_160_000_000_000])
        #expect(damaged == [1_700_000_100_000_000_000])
    }

    // A function of its own, so that the file is closed and whole when it returns.
    private static func recordThree(in place: Place, markingSecond mark: String) async throws {
        let store = try BaselineStore(path: place.path)
        var generator = SeededGenerator(seed: 3)
        for number in 0..<3 as Range<UInt64> {
            let start = (1_700_000_040 + number * 60) * 1_000_000_000
            var window = SyntheticWindows.window(start: start, operations: 5, using: &generator)
            if number == 1 { window.operations[0].version = mark }
            try await store.record(window)
        }
    }

    @Test func `traces are found by id, and by what is asked of them`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        var traces: [StoredTrace] = []
        for number in 1...4 as ClosedRange<UInt64> {
            let service = number == 4 ? "payments" : "orders"
            let document = SampleTraces.document(number, start: number * 1_000, service: service)
            traces.append(StoredTrace(role: number % 2 == 0 ? .erroring : .typical, document: document))
        }
        try await store.record(TelemetryWindow(start: 0), traces: traces)
        #expect(try await store.trace(traces[2].document.traceID) == traces[2].document)
        #expect(try await store.trace(TraceID(high: 7, low: 99)) == nil)

        func ids(_ change: (inout TraceQuery) -> Void) async throws -> [UInt64] {
            var query = TraceQuery()
            change(&query)
            return try await store.traces(matching: query).map(\.traceID.low)
        }
        #expect(try await ids { _ in } == [4, 3, 2, 1])
        #expect(try await ids { $0.limit = 2 } == [4, 3])
        #expect(try await ids { $0.service = "orders" } == [3, 2, 1])
        #expect(try await ids { $0.service = "order" } == [])
        #expect(
            try await ids {
                $0.service = "frontend"; $0.operation = "SELECT orders"
            } == []
        )
        #expect(try await ids { $0.operation = "SELECT orders" } == [4, 3, 2, 1])
        #expect(try await ids { $0.attributes = ["error": "true"] } == [4, 2])
        #expect(try await ids { $0.attributes = ["error": "true", "http.route": "/cart"] } == [])
        #expect(try await ids { $0.range = 2_000..<4_000 } == [3, 2])
        #expect(try await ids { $0.durations = 0...4_999_999 } == [])
        #expect(try await ids { $0.durations = 5_000_000...5_000_000 } == [4, 3, 2, 1])
    }
}
