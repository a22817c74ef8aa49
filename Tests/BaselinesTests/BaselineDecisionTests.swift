import Analysis
import Baselines
import Foundation
import Testing

@Suite struct BaselineDecisionTests {
    private typealias Place = TemporaryStore

    private func filled(_ place: Place) async throws -> BaselineStore {
        let store = try BaselineStore(path: place.path)
        for minute in 0..<5 { try await store.record(Place.report("run-\(minute)", minute: UInt64(minute))) }
        return store
    }

    @Test func `a pinned run ends the history`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try await filled(place)
        #expect(try await store.decide(.pinned, run: "run-2", now: 1) == [Place.key])
        #expect(try await store.baselines(for: Place.key).map(\.runID) == ["run-2", "run-1", "run-0"])
        try await store.record(Place.report("run-9", minute: 9))
        #expect(try await store.baselines(for: Place.key).first?.runID == "run-2")
        #expect(try await store.clearDecisions(run: "run-9") == [Place.key])
        #expect(try await store.baselines(for: Place.key).first?.runID == "run-9")
    }

    @Test func `a promoted run begins the history, even one that regressed`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try await filled(place)
        try await store.record(Place.regressed("run-5", minute: 5))
        #expect(try await store.baselines(for: Place.key).first?.runID == "run-4")
        _ = try await store.decide(.promoted, run: "run-5", now: 1)
        #expect(try await store.baselines(for: Place.key).map(\.runID) == ["run-5"])
        try await store.record(Place.report("run-6", minute: 6))
        #expect(try await store.baselines(for: Place.key).map(\.runID) == ["run-6", "run-5"])
        let summary = try await store.summary(of: Place.key)
        #expect(summary.decision == .promoted)
        #expect(summary.decidedRunID == "run-5")
        #expect(summary.runs == 7 && summary.baselineRuns == 2)
    }

    @Test func `recording a decided run again keeps the decision`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try await filled(place)
        _ = try await store.decide(.pinned, run: "run-2", now: 1)
        try await store.record(Place.report("run-2", minute: 2))
        #expect(try await store.summary(of: Place.key).decidedRunID == "run-2")
    }

    @Test func `deciding about what is not there changes nothing`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try await filled(place)
        #expect(try await store.decide(.pinned, run: "run-77", now: 1).isEmpty)
        #expect(try await store.decide(.pinned, run: "run-2", endpoint: "GET /other", now: 1).isEmpty)
        #expect(try await store.summary(of: Place.key).decision == nil)
    }

    @Test func `three regressions in a row make the baseline obsolete, two do not`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try await filled(place)
        for minute in 5..<7 { try await store.record(Place.regressed("run-\(minute)", minute: UInt64(minute))) }
        #expect(try await store.summary(of: Place.key).consecutiveRegressions == 2)
        #expect(try await !store.summary(of: Place.key).isObsolete)
        try await store.record(Place.regressed("run-7", minute: 7))
        #expect(try await store.summary(of: Place.key).isObsolete)
        #expect(try await store.baselines(for: Place.key).first?.runID == "run-4")
        try await store.record(Place.report("run-8", minute: 8))
        #expect(try await !store.summary(of: Place.key).isObsolete)
    }

    @Test func `pruning keeps baselines, decisions and the newest`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        for minute in 0..<30 {
            let id = minute < 10 ? "run-0\(minute)" : "run-\(minute)"
            let isBad = minute.isMultiple(of: 2)
            let report = isBad ? Place.regressed(id, minute: UInt64(minute)) : Place.report(id, minute: UInt64(minute))
            try await store.record(report)
        }
        // The pinned run and the 10 baselines up to it, and the newest 3 whatever they are.
        _ = try await store.decide(.pinned, run: "run-25", now: 1)
        let planned = try await store.prune(keep: 3, isDryRun: true)
        #expect(try await store.runs().count == 30)
        #expect(try await store.prune(keep: 3) == planned)
        let left = Set(try await store.runs().map(\.id))
        #expect(left.isSuperset(of: ["run-29", "run-28", "run-27", "run-25", "run-23", "run-07"]))
        #expect(left.count == 13)
        #expect(try await store.baselines(for: Place.key).count == 10)
        #expect(try await store.prune(keep: 3).isEmpty)
    }

    @Test func `pruning by age leaves younger runs`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        for minute in 0..<6 { try await store.record(Place.regressed("run-\(minute)", minute: UInt64(minute))) }
        let limit = Place.report("x", minute: 3).run.startedAt
        #expect(try await store.prune(keep: 0, before: limit) == ["run-0", "run-1", "run-2"])
    }
}
