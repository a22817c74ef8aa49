import Analysis
import Baselines
import Foundation
import TestSupport
import Testing

@Suite struct BaselineStoreTests {
    private typealias Place = TemporaryStore

    @Test func `a new store has no baseline`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        #expect(try await store.baselines(for: Place.key).isEmpty)
        #expect(try await store.runs().isEmpty)
        #expect(try await store.summaries().isEmpty)
    }

    @Test(arguments: SampleReports.all.indices)
    func `a report comes back as it went in`(sample: Int) async throws {
        let place = try Place()
        defer { place.remove() }
        let report = SampleReports.all[sample].report
        try await BaselineStore(path: place.path).record(report)
        // Another connection, so that what is read has been on disk.
        let read = try #require(try await BaselineStore(path: place.path).report(report.run.id))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        #expect(try encoder.encode(read) == encoder.encode(report))
    }

    @Test func `a baseline has the measured latency and profile, newest first`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        for (index, minute) in [UInt64(2), 0, 3, 1].enumerated() {
            try await store.record(Place.report("run-\(index)", minute: minute))
        }
        let baselines = try await store.baselines(for: Place.key)
        #expect(baselines.map(\.runID) == ["run-2", "run-0", "run-3", "run-1"])
        let test = SampleReports.passing.tests[0]
        #expect(baselines[0].latency == test.load.latency)
        #expect(baselines[0].profile == test.profile)
        #expect(baselines[0].score == test.verdict.score.value)
        #expect(try await store.baselines(for: Place.key, limit: 2).map(\.runID) == ["run-2", "run-0"])
        #expect(try await store.baselines(for: Place.key, limit: 0).isEmpty)
    }

    @Test func `a history is oldest first, without runs that measured nothing that compares`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        for (index, minute) in [UInt64(2), 0, 3, 1].enumerated() {
            try await store.record(Place.report("run-\(index)", minute: minute))
        }
        var cut = Place.report("cut", minute: 9)
        cut.run.wasInterrupted = true
        try await store.record(cut)
        let histories = try await store.histories(endpoint: Place.key.endpoint)
        #expect(histories.count == 1)
        #expect(histories.first?.moduleID == Place.key.moduleID && histories.first?.testType == Place.key.testType)
        #expect(histories.first?.entries.map(\.runID) == ["run-1", "run-3", "run-0", "run-2"])
        #expect(try await store.histories(limit: 2).first?.entries.map(\.runID) == ["run-0", "run-2"])
        #expect(try await store.histories(endpoint: "nothing").isEmpty)
    }

    @Test func `only exactly the same key compares`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        try await store.record(Place.report("run"))
        for change in [\BaselineKey.moduleID, \.editionID, \.testType, \.endpoint] {
            var key = Place.key
            key[keyPath: change] += "2"
            #expect(try await store.baselines(for: key).isEmpty)
        }
        #expect(try await store.baselines(for: Place.key).count == 1)
    }

    @Test(arguments: [
        (TestStatus.pass, false, true), (.exploratory, false, true), (.warning, false, true), (.warning, true, false),
        (.degraded, false, false), (.fail, false, false), (.invalid, false, false),
    ])
    func `what failed or became slower is no baseline`(
        status: TestStatus,
        isSlower: Bool,
        isAccepted: Bool
    ) async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        var report = Place.report("run")
        report.tests[0].verdict.status = status
        report.tests[0].comparison?.p95.decision = isSlower ? .regression : .noChange
        try await store.record(report)
        #expect(try await store.baselines(for: Place.key).isEmpty != isAccepted)
        #expect(try await store.runs().map(\.id) == ["run"])
        report.run.wasInterrupted = true
        try await store.record(report)
        #expect(try await store.baselines(for: Place.key).isEmpty)
    }

    @Test func `recording a run again replaces it`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        try await store.record(Place.report("run"))
        try await store.record(Place.regressed("run", minute: 5))
        #expect(try await store.runs().map(\.status) == [.degraded])
        #expect(try await store.baselines(for: Place.key).isEmpty)
    }

    @Test func `a run is found by the beginning of its id`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        for id in ["2026-a", "2026-b", "2027-a", "20%"] { try await store.record(Place.report(id)) }
        #expect(try await store.runIDs(beginningWith: "2027") == ["2027-a"])
        #expect(try await store.runIDs(beginningWith: "2026").count == 2)
        #expect(try await store.runIDs(beginningWith: "20%") == ["20%"])
        #expect(try await store.runIDs(beginningWith: "x").isEmpty)
    }

    @Test func `a cancelled task still records its run`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        let recording = Task { try await store.record(Place.report("run")) }
        recording.cancel()
        _ = await recording.result
        #expect(try await store.runs().map(\.id) == ["run"])
    }
}
