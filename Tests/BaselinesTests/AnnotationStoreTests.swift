import Analysis
import Baselines
import Foundation
import TestSupport
import Testing

/// What people say, in the store.
@Suite struct AnnotationStoreTests {
    private typealias Place = TemporaryStore

    private static func note(_ subject: StoredAnnotation.Subject, _ id: String) -> StoredAnnotation {
        StoredAnnotation(subject: subject, subjectID: id, author: "anna", at: 1, note: "")
    }

    @Test func `only what there is can be spoken of, by its whole name`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        try await store.record(Place.report("run-12", of: SampleReports.regression))
        let fingerprint = try #require(SampleReports.regression.findings.first).fingerprint
        let test = try #require(SampleReports.regression.tests.first).name
        let deploy = DeployMarker(service: "web", version: "2", at: 5_000_000_000, source: .declared)
        try await store.record(deploy)
        #expect(try await store.knows(.run, id: "run-12"))
        #expect(try await !store.knows(.run, id: "run-1"))
        #expect(try await store.knows(.run, id: "run-12", test: test))
        #expect(try await !store.knows(.run, id: "run-12", test: "GET /nothing"))
        #expect(try await store.knows(.finding, id: fingerprint))
        #expect(try await !store.knows(.finding, id: String(fingerprint.dropLast())))
        #expect(try await store.knows(.deploy, id: deploy.id))
        #expect(try await !store.knows(.deploy, id: "web"))
        #expect(try await !store.knows(.check, id: deploy.id))
    }

    @Test func `a run hears what was said about runs of its module and edition, and about findings`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        var other = Place.report("other")
        other.run.editionID = "premium"
        try await store.record(Place.report("own"))
        try await store.record(other)
        var verdict = AnnotationStoreTests.note(.run, "own")
        verdict.status = "pass"
        verdict.statusUntil = 99
        verdict.test = "POST /checkout"
        let stored = try await store.add(verdict)
        var elsewhere = AnnotationStoreTests.note(.run, "other")
        elsewhere.status = "pass"
        _ = try await store.add(elsewhere)
        _ = try await store.add(AnnotationStoreTests.note(.run, "own"))
        let finding = try await store.add(AnnotationStoreTests.note(.finding, "f"))
        let module = Place.key.moduleID
        let heard = try await store.annotations(aboutRunsOf: module, editionID: Place.key.editionID)
        #expect(heard == [finding, stored].compactMap { $0 })
    }

    @Test func `a store from before the summaries gets them from its reports`() async throws {
        let place = try Place()
        defer { place.remove() }
        var repeated = Place.report("run-2", minute: 2, of: SampleReports.regression)
        repeated.retry = RetryHistory(attempt: 2, records: [])
        do {
            let store = try BaselineStore(path: place.path)
            try await store.record(Place.report("run-1", of: SampleReports.regression))
            try await store.record(repeated)
            var other = Place.report("run-3", minute: 3)
            other.run.editionID = "premium"
            try await store.record(other)
        }
        let before = try await Lists(of: place)
        #expect(before.tiles.contains { ($0.change ?? 0) > 1 && $0.decision == "regression" })
        #expect(before.findings.count > 0 && before.retries.map(\.history.attempt) == [2])
        try await sqlite(
            place,
            """
            DROP TABLE run_summaries; DROP TABLE test_keys;
            DELETE FROM grdb_migrations WHERE identifier = '7-run-summaries';
            """
        )
        let after = try await Lists(of: place)
        #expect(after.tiles == before.tiles)
        #expect(after.findings == before.findings)
        #expect(after.retries == before.retries)
        #expect(after.histories == before.histories && !after.histories.isEmpty)
    }

    private struct Lists {
        let tiles: [RunTile]
        let findings: [StoredFinding]
        let retries: [StoredRetry]
        let histories: [RunHistory]

        init(of place: Place) async throws {
            let store = try BaselineStore(path: place.path)
            tiles = try await store.tiles()
            findings = try await store.findings()
            retries = try await store.retries()
            histories = try await store.histories()
        }
    }

    private func sqlite(_ place: Place, _ sql: String) async throws {
        let script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.argv[2])"
        let result = try await Command("/usr/bin/env", ["python3", "-c", script, place.path, sql]).wait(timeout: 30)
        #expect(result.exitCode == 0, "\(result.standardError)")
    }
}
