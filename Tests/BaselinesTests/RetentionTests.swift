import Baselines
import Correlation
import Foundation
import Telemetry
import TestSupport
import Testing

@Suite struct RetentionTests {
    private typealias Place = TemporaryStore

    private static let minute = TelemetryWindow.length

    @Test func `what is older than the retention goes, of every sort`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        for number in 0..<10 as Range<UInt64> {
            try await store.record(
                TelemetryWindow(start: number * Self.minute),
                traces: [
                    StoredTrace(role: .typical, document: SampleTraces.document(number, start: number * Self.minute))
                ]
            )
        }
        let forgotten = try await store.makeRoom(forgettingBefore: 4 * Self.minute, bytes: 1 << 30, room: 0)
        #expect(forgotten.windows == 4)
        #expect(forgotten.traces == 4)
        #expect(try await store.windowRange() == 4 * Self.minute...9 * Self.minute)
        #expect(try await store.trace(TraceID(high: 7, low: 3)) == nil)
        #expect(try await store.trace(TraceID(high: 7, low: 4)) != nil)
    }

    @Test func `the file stays within its bound, and the oldest traces go before any window`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        let bound = 16 << 20
        var generator = SeededGenerator(seed: 5)
        let window = SyntheticWindows.window(start: 0, operations: 120, spans: 40, using: &generator)
        var largest = 0
        var lostWindowFirst = false
        for number in 0..<500 as Range<UInt64> {
            var window = window
            window.start = number * Self.minute
            let forgotten = try await store.makeRoom(forgettingBefore: 0, bytes: bound, room: 200 << 10)
            if forgotten.windows > 0 {
                let left = try await store.traces(matching: TraceQuery())
                if !left.isEmpty { lostWindowFirst = true }
            }
            let traces = (0..<20).map {
                StoredTrace(role: .worst, document: SampleTraces.document(number * 100 + $0, start: window.start))
            }
            try await store.record(window, traces: traces)
            largest = max(largest, store.fileBytes)
        }
        #expect(largest > bound / 2)
        #expect(largest <= bound)
        #expect(!lostWindowFirst)
        let range = try #require(try await store.windowRange())
        #expect(range.upperBound == 499 * Self.minute)
        #expect(range.lowerBound > 0)
    }

    @Test func `a smaller bound makes the file smaller`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        var generator = SeededGenerator(seed: 9)
        let window = SyntheticWindows.window(start: 0, operations: 200, using: &generator)
        for number in 0..<300 as Range<UInt64> {
            var window = window
            window.start = number * Self.minute
            try await store.record(window)
        }
        #expect(store.fileBytes > 14 << 20)
        let forgotten = try await store.makeRoom(forgettingBefore: 0, bytes: 12 << 20, room: 0)
        #expect(forgotten.windows > 0)
        #expect(try await store.windows(in: 0..<UInt64.max).count >= 60)
        // The next opening works the log in.
        #expect(try await BaselineStore(path: place.path).windowRange() != nil)
    }
}
