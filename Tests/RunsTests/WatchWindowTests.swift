import Baselines
import Correlation
import Telemetry
import Testing

@testable import Runs

@Suite struct WatchWindowTests {
    @Test func `a window is stored when its minute and the settling time are over, not before`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        for trace in 1...30 as ClosedRange<UInt64> { fixture.receive(trace: trace, at: Double(trace)) }
        await fixture.go(to: 79)
        #expect(try await fixture.windows() == [:])
        await fixture.go(to: 80)
        #expect(try await fixture.windows() == [0: 30])
        let window = try #require(try await fixture.store.windows(in: 0..<UInt64.max).first)
        #expect(window.start == WatchFixture.origin)
        #expect(window.operations.map(\.count) == [30])
        #expect(window.operations[0].bins.map(\.spans) == [9, 10, 10, 1, 0, 0])
        #expect(fixture.watch.progress.storedWindows == 1)
        #expect(fixture.watch.progress.lastWindow == window)
    }

    @Test func `a trace counts in the minute in which it began`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        fixture.receive(trace: 1, at: 59)
        fixture.receive(trace: 1, at: 61, id: 2, parent: 1)
        fixture.receive(trace: 2, at: 61)
        await fixture.go(to: 80)
        await fixture.go(to: 140)
        #expect(try await fixture.windows() == [0: 2, 1: 1])
    }

    @Test func `a trace whose root has not come yet is carried over, and counted whole`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        fixture.receive(trace: 1, at: 50, milliseconds: 15_000, id: 2, parent: 1)
        await fixture.go(to: 80)
        #expect(try await fixture.windows() == [0: 0])
        fixture.receive(trace: 1, at: 49, milliseconds: 70_000)
        await fixture.go(to: 140)
        #expect(try await fixture.windows() == [0: 0, 1: 2])
        #expect(fixture.watch.progress.lateSpans == 0)
    }

    @Test func `a root that never comes holds its trace for five minutes at most`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        fixture.receive(trace: 1, at: 50, milliseconds: 3_600_000, id: 2, parent: 1)
        for minute in 1...7 { await fixture.go(to: Double(minute) * 60 + 20) }
        #expect(try await fixture.windows().values.reduce(0, +) == 1)
        #expect(fixture.watch.progress.pendingBytes == 0)
    }

    @Test func `late spans are counted and in no sketch, copies are counted and count once`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        fixture.receive(trace: 1, at: 5)
        fixture.receive(trace: 1, at: 5)
        await fixture.go(to: 80)
        // Of a trace whose window is closed, and one that is wholly of an earlier minute.
        fixture.receive(trace: 1, at: 81, id: 2, parent: 1)
        fixture.receive(trace: 2, at: 7)
        fixture.receive(trace: 3, at: 70)
        await fixture.go(to: 140)
        #expect(try await fixture.windows() == [0: 1, 1: 1])
        let late = try await fixture.store.windows(in: 0..<UInt64.max).map(\.lateSpans)
        #expect(late == [0, 2])
        #expect(fixture.watch.progress.lateSpans == 2)
        #expect(fixture.watch.progress.duplicateSpans == 1)
    }

    @Test func `a clock that is set forward makes no row of empty windows, and loses no span`() async throws {
        let fixture = try WatchFixture { $0.retention = .seconds(1_000 * 86_400) }
        defer { fixture.remove() }
        fixture.receive(trace: 1, at: 5)
        await fixture.go(to: 30)
        let year = 365.0 * 86_400
        fixture.receive(trace: 2, at: year + 5)
        await fixture.go(to: year + 90)
        let minutes = Int(year / 60)
        #expect(try await fixture.windows() == [0: 1, minutes: 1])
    }

    @Test func `a clock that is set back adds to the windows that are there`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        for minute in 0..<5 as Range<UInt64> {
            fixture.receive(trace: minute, at: Double(minute) * 60 + 5)
            await fixture.go(to: Double(minute) * 60 + 80)
        }
        fixture.receive(trace: 50, at: 305)
        await fixture.go(to: 61)
        #expect(try await fixture.windows() == [0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1])
        fixture.receive(trace: 51, at: 62)
        await fixture.go(to: 140)
        #expect(try await fixture.windows() == [0: 1, 1: 2, 2: 1, 3: 1, 4: 1, 5: 1])
        #expect(fixture.watch.progress.lostWindows == 0)
    }

    @Test func `our own clock that is years ahead for minutes costs neither history nor windows, nor what is pending`()
        async throws
    {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        let history: UInt64 = 6 * 60
        for minute in 0..<history {
            fixture.receive(trace: minute, at: Double(minute) * 60 + 5)
            await fixture.go(to: Double(minute) * 60 + 80)
        }
        let end = Double(history) * 60
        let years = 5.0 * 365 * 86_400
        for minute in 0..<2 { await fixture.go(to: years + Double(minute) * 60) }
        // Sent by hosts whose clocks were right all the time.
        fixture.receive(trace: 1_000, at: end + 50)
        await fixture.go(to: end + 120)
        fixture.receive(trace: 1_001, at: end + 121)
        await fixture.go(to: end + 200)
        let windows = try await fixture.windows()
        // An hour is forgotten with each window at most: two of the wrong clock, and what was open when it went wrong.
        #expect((180..<360).allSatisfy { windows[$0] == 1 })
        #expect(windows.values.reduce(0, +) >= 182)
        #expect(windows[360] == 1 && windows[362] == 1)
        #expect(fixture.watch.progress.lateSpans == 0)
        #expect(fixture.watch.progress.lostWindows == 0)
        let restarted = try WatchFixture(
            folder: fixture.folder,
            at: WatchFixture.origin + (history + 4) * WatchFixture.minute
        )
        try await restarted.watch.restore()
        #expect(
            restarted.watch.progress.lastWindow?.start == WatchFixture.origin + (history + 2) * WatchFixture.minute
        )
    }

    @Test func `spans of a sender whose clock is years ahead do not stay in memory`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        for trace in 1...100 as ClosedRange<UInt64> { fixture.receive(trace: trace, at: 1e8) }
        await fixture.go(to: 80)
        #expect(fixture.watch.progress.pendingBytes == 0)
        #expect(try await fixture.windows() == [0: 100])
    }

    @Test func `the open window is stored at the end, and a restart in the same minute adds to it`() async throws {
        let first = try WatchFixture()
        defer { first.remove() }
        for trace in 1...10 as ClosedRange<UInt64> { first.receive(trace: trace, at: 5, milliseconds: Double(trace)) }
        await first.go(to: 20)
        await first.watch.finish()
        #expect(try await first.windows() == [0: 10])

        let second = try WatchFixture(folder: first.folder, at: WatchFixture.origin + 25 * WatchFixture.second)
        try await second.watch.restore()
        for trace in 11...15 as ClosedRange<UInt64> { second.receive(trace: trace, at: 30, milliseconds: 100) }
        await second.go(to: 80)
        #expect(try await second.windows() == [0: 15])
        // The evidence of both parts is there.
        #expect(try await second.store.trace(TraceID(high: 9, low: 10)) != nil)
        #expect(try await second.store.trace(TraceID(high: 9, low: 11)) != nil)
    }

    @Test func `memory stays bounded under a flood, and what it costs is counted`() async throws {
        let fixture = try WatchFixture { $0.reception.storeBytes = 1 << 20 }
        defer { fixture.remove() }
        var largest = 0
        for second in 0..<40 {
            for trace in 0..<1_000 {
                let id = UInt64(second * 1_000 + trace) &* 0x9E37_79B9_7F4A_7C15
                fixture.receive(trace: id, at: Double(second))
            }
            await fixture.go(to: Double(second))
            largest = max(largest, fixture.watch.progress.pendingBytes)
        }
        await fixture.go(to: 80)
        let progress = fixture.watch.progress
        let window = try #require(progress.lastWindow)
        #expect(largest <= 1 << 20)
        #expect(progress.droppedSpans > 10_000)
        #expect(window.spans + progress.droppedSpans == 40_000)
        #expect(window.droppedSpans == progress.droppedSpans)
    }
}
