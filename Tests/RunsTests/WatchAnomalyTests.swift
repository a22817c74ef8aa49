import Analysis
import Baselines
import Correlation
import Foundation
import Statistics
import Telemetry
import Testing

@testable import Runs

@Suite struct WatchAnomalyTests {
    private static let minute = WatchFixture.minute

    /// Puts a minute into a ledger's store as the writer would: 40 spans of a duration, some of which failed.
    private static func save(
        _ number: Int,
        milliseconds: Double = 20,
        errors: Int = 0,
        into fixture: WatchFixture
    ) async throws {
        var operation = OperationWindow(
            operation: OperationKey(service: "shop", name: "GET /", kind: .server),
            errors: errors
        )
        // A little rhythm, so that there is a spread.
        let value = milliseconds * (1 + 0.02 * Double(number % 5))
        operation.total.record(UInt64(value * 1e6), times: 40)
        operation.bins[0] = WindowBin(spans: 40, errors: errors, logDurationSum: 40 * log(value * 1e6))
        let start = WatchFixture.origin + UInt64(number) * minute
        let window = TelemetryWindow(start: start, traces: 40, spans: 40, operations: [operation])
        fixture.watch.writer.add([ClosedWindow(window: window)])
        await fixture.watch.writer.flush { start + minute }
    }

    @Test func `an anomaly is in the store with the window that showed it, and a restart neither loses nor repeats it`()
        async throws
    {
        let first = try WatchFixture()
        defer { first.remove() }
        for number in 0..<90 { try await Self.save(number, milliseconds: number < 80 ? 20 : 60, into: first) }
        let begun = try await first.store.anomalies()
        #expect(begun.count == 1)
        #expect(first.watch.progress.anomalies.lasting.values.reduce(0, +) == 1)

        let restart = WatchFixture.origin + 90 * Self.minute
        let second = try WatchFixture(folder: first.folder, at: restart)
        try await second.watch.restore()
        await second.watch.learnUsual()
        #expect(second.watch.progress.anomalies.lasting.values.reduce(0, +) == 1)
        #expect(second.watch.progress.anomalies.begun.isEmpty)
        for number in 90..<95 { try await Self.save(number, milliseconds: 60, into: second) }
        #expect(try await second.store.anomalies().map(\.id) == begun.map(\.id))
        for number in 95..<105 { try await Self.save(number, into: second) }
        let ended = try await second.store.anomalies()
        #expect(ended.map(\.id) == begun.map(\.id))
        #expect(ended.first?.ending == .back)
        #expect(second.watch.progress.anomalies.lasting.isEmpty)
    }

    @Test func `anomalies that a store refused are in it with the next window that it takes`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        for number in 0..<80 { try await Self.save(number, into: fixture) }
        let ledger = fixture.watch.anomalies
        var window = TelemetryWindow(start: WatchFixture.origin + 80 * Self.minute)
        for number in 80..<84 as Range<UInt64> {
            var operation = OperationWindow(operation: OperationKey(service: "shop", name: "GET /", kind: .server))
            operation.total.record(90_000_000, times: 40)
            operation.bins[0] = WindowBin(spans: 40, logDurationSum: 40 * log(90e6))
            window.start = WatchFixture.origin + number * Self.minute
            window.operations = [operation]
            // Twice, as of a window whose transaction failed.
            ledger.judge(window, deploys: [])
            ledger.judge(window, deploys: [])
        }
        let unsaved = ledger.unsaved
        #expect(unsaved.count == 1)
        #expect(ledger.counts.begun.values.reduce(0, +) == 1)
        try await Self.save(90, into: fixture)
        #expect(ledger.unsaved.isEmpty)
        #expect(try await fixture.store.anomalies().map(\.id) == unsaved.map(\.id))
    }

    @Test func `error budgets are followed where an objective was given, and only there`() async throws {
        for (standard, count) in [(0.999, 1), (nil, 0)] as [(Double?, Int)] {
            let fixture = try WatchFixture { $0.objectives = ServiceObjectives(standard: standard) }
            defer { fixture.remove() }
            for number in 0..<10 { try await Self.save(number, errors: 10, into: fixture) }
            #expect(try await fixture.store.anomalies().filter { $0.signal == .burn }.count == count)
        }
    }

    @Test func `a version that has just come alerts nobody, before it is certain and after`() async throws {
        let fixture = try WatchFixture()
        defer { fixture.remove() }
        for number in 0..<70 {
            // A deploy at minute 66: caches are cold for two minutes.
            let isNew = number >= 66
            for trace in 0..<35 {
                fixture.receive(
                    trace: UInt64(number * 100 + trace),
                    at: Double(number * 60 + trace),
                    version: isNew ? "2" : "1",
                    milliseconds: (66..<68).contains(number) ? 400 : 20
                )
            }
            await fixture.go(to: Double(number * 60 + 80))
        }
        #expect(try await fixture.store.deploys().map(\.version) == ["2"])
        #expect(try await fixture.store.anomalies().isEmpty)
    }

    @Test func `a damaged window is counted and costs no other`() async throws {
        let first = try WatchFixture()
        defer { first.remove() }
        for number in 0..<5 { try await Self.save(number, into: first) }
        try Self.damage(first, WatchFixture.origin + 2 * Self.minute)
        let second = try WatchFixture(folder: first.folder, at: WatchFixture.origin + 5 * Self.minute)
        try await second.watch.restore()
        await second.watch.learnUsual()
        #expect(second.watch.progress.unreadableWindows == 1)
        #expect(second.watch.progress.lastWindow?.start == WatchFixture.origin + 4 * Self.minute)
        #expect(try await second.windows().keys.sorted() == [0, 1, 3, 4])
    }

    /// Flips the bytes of a window's name in the file, as a bad disk does.
    private static func damage(_ fixture: WatchFixture, _ start: UInt64) throws {
        let script = """
            import sqlite3, sys
            with sqlite3.connect(sys.argv[1]) as store:
                blob = bytearray(store.execute("SELECT contents FROM windows WHERE started_at = ?", [int(sys.argv[2])]).fetchone()[0])
                blob[len(blob) // 2] ^= 0xff
                blob[0] ^= 0xff
                store.execute("UPDATE windows SET contents = ? WHERE started_at = ?", [bytes(blob), int(sys.argv[2])])
            """
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, fixture.folder + "/plimsoll.db", "\(start)"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
