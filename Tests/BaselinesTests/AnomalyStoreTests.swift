import Analysis
import Baselines
import Correlation
import Telemetry
import TestSupport
import Testing

@Suite struct AnomalyStoreTests {
    private static let minute = SampleAnomalies.minute

    @Test func `an anomaly is stored with its window, and replaced as it grows and ends`() async throws {
        let place = try TemporaryStore()
        defer { place.remove() }
        let begun = SampleAnomalies.anomaly(since: 10)
        try await BaselineStore(path: place.path).record(
            TelemetryWindow(start: 10 * Self.minute),
            anomalies: [begun]
        )
        let store = try BaselineStore(path: place.path)
        #expect(try await store.anomalies() == [begun])
        let ended = SampleAnomalies.anomaly(since: 10, minutes: 8, severity: .critical, peak: 55)
        try await store.record([ended])
        #expect(try await store.anomalies() == [ended])
        #expect(try await store.anomalies(matching: AnomalyFilter(isLasting: true)).isEmpty)
    }

    @Test func `an error budget's burn comes back as it went in`() async throws {
        let place = try TemporaryStore()
        defer { place.remove() }
        var anomaly = SampleAnomalies.anomaly(since: 3)
        anomaly.burn = BudgetBurn(
            target: 0.999,
            factor: 14.4,
            longMinutes: 60,
            shortMinutes: 5,
            badRequests: 12,
            requests: 700
        )
        let store = try BaselineStore(path: place.path)
        try await store.record([anomaly])
        #expect(try await store.anomalies() == [anomaly])
    }

    @Test func `those that lasted at any time of a range are found, newest first, page by page`() async throws {
        let place = try TemporaryStore()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        let all = [
            SampleAnomalies.anomaly("a", since: 10, minutes: 5), SampleAnomalies.anomaly("b", since: 10),
            SampleAnomalies.anomaly("a", since: 20, minutes: 5), SampleAnomalies.anomaly("a", since: 30),
        ]
        try await store.record(all)
        func found(_ range: Range<UInt64>, _ filter: AnomalyFilter = AnomalyFilter()) async throws -> [String] {
            try await store.anomalies(
                in: range.lowerBound * Self.minute..<range.upperBound * Self.minute,
                matching: filter
            )
            .map { "\($0.operation.service)\($0.since / Self.minute)" }
        }
        #expect(try await found(0..<100) == ["a30", "a20", "b10", "a10"])
        #expect(try await found(16..<21) == ["a20", "b10"])
        #expect(try await found(15..<20) == ["b10", "a10"])
        #expect(try await found(0..<10) == [])
        #expect(try await found(0..<100, AnomalyFilter(service: "a", isLasting: true)) == ["a30"])

        var pages: [[String]] = []
        var cursor: String?
        repeat {
            let page = try await store.anomalies(after: cursor, limit: 3)
            pages.append(page.map(\.id))
            cursor = page.last?.id
        } while cursor != nil
        #expect(pages.map(\.count) == [3, 1, 0])
        #expect(Set(pages.joined()) == Set(all.map(\.id)))
    }

    @Test func `what is over for longer than the retention is forgotten, what lasts is not`() async throws {
        let place = try TemporaryStore()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        try await store.record([
            SampleAnomalies.anomaly("old", since: 10, minutes: 5), SampleAnomalies.anomaly("lasting", since: 10),
            SampleAnomalies.anomaly("young", since: 10, minutes: 30),
        ])
        let forgotten = try await store.makeRoom(forgettingBefore: 20 * Self.minute, bytes: 1 << 30, room: 0)
        #expect(forgotten.anomalies == 1)
        #expect(Set(try await store.anomalies().map(\.operation.service)) == ["lasting", "young"])
    }

    @Test func `twenty thousand are kept, the newest`() async throws {
        let place = try TemporaryStore()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        let limit = BaselineStore.anomalyLimit
        try await store.record((0..<limit + 7).map { SampleAnomalies.anomaly(since: UInt64($0) + 1, minutes: 1) })
        let forgotten = try await store.makeRoom(forgettingBefore: 0, bytes: 1 << 30, room: 0)
        #expect(forgotten.anomalies == 7)
        #expect(try await store.anomalies(in: 0..<9 * Self.minute).map { $0.since / Self.minute } == [8])
    }
}
