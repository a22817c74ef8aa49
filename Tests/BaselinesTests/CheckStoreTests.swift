import Analysis
import Baselines
import Telemetry
import TestSupport
import Testing

/// What lists, feeds and metrics read of checks and runs.
@Suite struct CheckStoreTests {
    private func withStore(_ body: (BaselineStore) async throws -> Void) async throws {
        let place = try TemporaryStore()
        defer { place.remove() }
        try await body(try BaselineStore(path: place.path))
    }

    private func check(_ service: String, at time: UInt64, like sample: Int = 0) throws -> CheckReport {
        var report = SampleChecks.all[sample].report
        report.deploy = DeployMarker(service: service, version: "\(time)", at: time, source: .observed)
        report.id = "\(service)#\(time)"
        report.checkedAt = time + 300
        return report
    }

    @Test func `a listed check says what the whole one says`() async throws {
        try await withStore { store in
            let wholes = try SampleChecks.all.indices.map { try check("s\($0)", at: UInt64($0 + 1) * 1_000, like: $0) }
            for whole in wholes { try await store.record(whole) }
            let listed = try await store.listedChecks()
            #expect(listed.map(\.id) == wholes.reversed().map(\.id))
            for (short, whole) in zip(listed.reversed(), wholes) {
                #expect(short.deployID == whole.deploy.id && short.checkedAt == whole.checkedAt)
                #expect(short.service == whole.deploy.service && short.version == whole.deploy.version)
                #expect(short.verdict == whole.verdict && short.confidence == whole.confidence)
                #expect(short.control == whole.control && short.placeboPairs == whole.placeboPairs)
                #expect(short.summary == whole.summary && short.findings == whole.findings)
            }
            let found = try await store.listedChecks(found: true)
            #expect(found.count == wholes.count { !$0.findings.isEmpty })
            #expect(try await store.listedChecks(in: 1_300..<2_300).map(\.id) == ["s0#1000"])
            #expect(try await store.listedChecks(limit: 1).map(\.id) == [wholes.last?.id])
        }
    }

    @Test func `the newest check and deploy of each service, the newest service first`() async throws {
        try await withStore { store in
            for (service, time) in [("a", 1_000), ("b", 2_000), ("a", 3_000), ("c", 500)] as [(String, UInt64)] {
                let report = try check(service, at: time)
                try await store.record(report)
                try await store.record(report.deploy)
            }
            #expect(try await store.newestChecks(limit: 10).map(\.id) == ["a#3000", "b#2000", "c#500"])
            #expect(try await store.newestChecks(limit: 2).map(\.service) == ["a", "b"])
            #expect(try await store.newestDeploys(limit: 2).map(\.at) == [3_000, 2_000])
        }
    }

    @Test func `a deploy has its newest check with it, or none`() async throws {
        try await withStore { store in
            var first = try check("a", at: 1_000)
            try await store.record(first.deploy)
            try await store.record(first)
            first.id += "#2"
            first.checkedAt += 100
            try await store.record(first)
            try await store.record(DeployMarker(service: "b", version: "1", at: 2_000, source: .declared))
            let deploys = try await store.checkedDeploys()
            #expect(deploys.map(\.deploy.service) == ["b", "a"])
            #expect(deploys.map(\.check?.id) == [nil, first.id])
            #expect(try await store.checkedDeploys(of: "b", in: 0..<1_000).isEmpty)
        }
    }

    @Test func `runs, results and findings of a range, and the newest run of each edition`() async throws {
        try await withStore { store in
            for number in 0..<4 {
                var report = TemporaryStore.report("r\(number)", minute: UInt64(number), of: SampleReports.regression)
                report.run.editionID = number % 2 == 0 ? "standard" : "premium"
                try await store.record(report)
            }
            let start = SampleReports.regression.run.startedAt
            let range = start + 60_000_000_000..<start + 180_000_000_000
            #expect(try await store.runs(in: range).map(\.id) == ["r2", "r1"])
            #expect(try await store.newestRunIDs(limit: 5) == ["r3", "r2"])
            #expect(try await store.newestRunIDs(limit: 1) == ["r3"])
            let tests = SampleReports.regression.tests.count
            let results = try await store.results(in: range, limit: 100)
            #expect(results.map(\.entry.runID) == ["r2", "r1"].flatMap { Array(repeating: $0, count: tests) })
            #expect(try await store.results(in: range, limit: 1).count == 1)
            let findings = try await store.findings(in: range, runs: 1)
            #expect(findings.map(\.finding) == SampleReports.regression.findings)
            #expect(Set(findings.map(\.runID)) == ["r2"])
        }
    }

    /// As Plimsoll wrote checks before they had columns.
    @Test func `checks of an older store get their columns, one that is no JSON is left behind`() async throws {
        let place = try TemporaryStore()
        defer { place.remove() }
        let whole = try check("a", at: 1_000, like: 1)
        try await BaselineStore(path: place.path).record(whole)
        let older = """
            import sqlite3, sys
            with sqlite3.connect(sys.argv[1]) as store:
                store.executescript(\"\"\"
                    CREATE TABLE old AS SELECT id, deploy_id, checked_at, verdict, report FROM checks;
                    INSERT INTO old SELECT 'broken', deploy_id, checked_at, verdict, x'7B' FROM checks;
                    DROP TABLE checks;
                    ALTER TABLE old RENAME TO checks;
                    DROP INDEX deploys_by_service;
                    DELETE FROM grdb_migrations WHERE identifier = '8-checks-in-columns';
                \"\"\")
            """
        let result = try await Command("/usr/bin/env", ["python3", "-c", older, place.path]).wait()
        #expect(result.exitCode == 0, "\(result.standardError)")
        let store = try BaselineStore(path: place.path)
        let listed = try await store.listedChecks()
        #expect(listed.map(\.id) == [whole.id])
        #expect(listed.first?.findings == whole.findings && listed.first?.confidence == whole.confidence)
        #expect(try await store.check(whole.id) == whole)
    }
}
