import Baselines
import Correlation
import Foundation
import Synchronization
import Telemetry
import Testing

@testable import Runs

@Suite struct WatchWriterTests {
    private final class Disk: Sendable {
        let state = Mutex((isFull: false, saved: [UInt64]()))

        var saved: [UInt64] { state.withLock { $0.saved } }

        func save(_ closed: ClosedWindow) throws(BaselineStoreError) {
            let isFull = state.withLock { $0.isFull }
            guard !isFull else { throw .failed(path: "db", operation: "recording", detail: "disk is full") }
            state.withLock { $0.saved.append(closed.window.start) }
        }
    }

    private static func closed(_ numbers: Range<UInt64>) -> [ClosedWindow] {
        numbers.map { ClosedWindow(window: TelemetryWindow(start: $0 * WatchFixture.minute)) }
    }

    @Test func `a store that cannot be written makes windows wait, and later they are all there, in order`()
        async throws
    {
        let disk = Disk()
        let writer = WindowWriter { closed, _, _ throws(BaselineStoreError) in try disk.save(closed) }
        writer.add(Self.closed(0..<1))
        #expect(await writer.flush { 0 })
        disk.state.withLock { $0.isFull = true }
        for number in 1..<4 as Range<UInt64> {
            writer.add(Self.closed(number..<number + 1))
            #expect(await !writer.flush { 0 })
        }
        #expect(writer.current.stored == 1)
        #expect(writer.current.waiting.count == 3)
        #expect(writer.current.lastError?.contains("disk is full") == true)
        disk.state.withLock { $0.isFull = false }
        #expect(await writer.flush { 0 })
        #expect(disk.saved == [0, 1, 2, 3].map { $0 * WatchFixture.minute })
        #expect(writer.current.lost == 0)
        #expect(writer.current.lastError == nil)
    }

    @Test func `the traces of what waits long are given up before its windows`() throws {
        let writer = WindowWriter { _, _, _ throws(BaselineStoreError) in }
        let document = TraceDocument(traceID: TraceID(high: 1, low: 1), spans: [])
        for closed in Self.closed(0..<8) {
            var closed = closed
            closed.traces = [StoredTrace(role: .worst, document: document)]
            writer.add([closed])
        }
        #expect(writer.current.waiting.map(\.traces.count) == [0, 0, 0, 1, 1, 1, 1, 1])
    }

    @Test func `an hour of windows waits; what is beyond is counted as lost`() throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        fixture.watch.writer.add(Self.closed(0..<50))
        fixture.watch.writer.add(Self.closed(50..<75))
        #expect(fixture.watch.writer.current.waiting.count == 60)
        #expect(fixture.watch.writer.current.waiting.first?.window.start == 15 * WatchFixture.minute)
        #expect(fixture.watch.progress.lostWindows == 15)
    }

    @Test func `what is older than the retention is forgotten as windows are stored`() async throws {
        let fixture = try WatchFixture { $0.retention = .seconds(300) }
        defer { fixture.remove() }
        for minute in 0..<10 as Range<UInt64> {
            fixture.receive(trace: minute, at: Double(minute) * 60 + 1)
            await fixture.go(to: Double(minute) * 60 + 80)
        }
        #expect(try await fixture.windows().keys.sorted() == [6, 7, 8, 9])
    }
}
