import Analysis
import Baselines
import Telemetry
import TestSupport
import Testing

@Suite struct DeployStoreTests {
    private typealias Place = TemporaryStore

    @Test func `deploys are listed newest first, of one service where it is named`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        let deploys = (1...4 as ClosedRange<UInt64>).map { number in
            DeployMarker(
                service: number % 2 == 0 ? "orders" : "cart",
                version: "1.\(number)",
                at: number * 1_000_000_000,
                source: number == 1 ? .observed : .declared,
                message: number == 2 ? "a 'quoted' message" : nil,
                url: "https://ci/\(number)"
            )
        }
        for deploy in deploys.shuffled() { try await store.record(deploy) }
        try await store.record(deploys[0])
        #expect(try await store.deploys() == deploys.reversed())
        #expect(try await store.deploys(of: "orders") == [deploys[3], deploys[1]])
        #expect(try await store.deploys(in: 2_000_000_000..<4_000_000_000) == [deploys[2], deploys[1]])
        #expect(try await store.deploys(limit: 1) == [deploys[3]])
    }

    @Test func `a check comes back whole, and by its deploy`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        let deploy = DeployMarker(service: "orders", version: "2", at: 5_000_000_000, source: .observed)
        func check(_ number: Int) -> CheckReport {
            CheckReport(
                id: "\(deploy.id)#\(number)",
                deploy: deploy,
                checkedAt: UInt64(number),
                before: 1..<2,
                after: 3..<4,
                control: .siblings,
                placeboPairs: 14,
                verdict: .anomalous,
                confidence: 0.93,
                summary: "orders is slower",
                reasons: ["one"],
                findings: [
                    CheckFinding(
                        id: "f",
                        signal: .tail,
                        operation: OperationKey(service: "orders", name: "GET /", kind: .server),
                        sentence: "slower",
                        before: 1,
                        after: 2,
                        ratio: 2,
                        interval: 1.5...2.5,
                        q: 0.001,
                        confidence: 0.9,
                        persistence: .lasting,
                        exemplarTraceIDs: [TraceID(high: 1, low: 2)]
                    )
                ]
            )
        }
        for number in [2, 1, 3] { try await store.record(check(number)) }
        #expect(try await store.checks() == [check(3), check(2), check(1)])
        #expect(try await store.checks(ofDeploy: deploy.id, limit: 1) == [check(3)])
        #expect(try await store.checks(ofDeploy: "other").isEmpty)
        #expect(try await store.check(check(2).id) == check(2))
        #expect(try await store.check("none") == nil)
    }

    @Test func `a deploy that breaks the rules is refused in their words, and found by its id otherwise`() async throws
    {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        let bad = DeployMarker(service: "orders", version: "1\n2", at: 5_000_000_000, source: .declared)
        await #expect(throws: BaselineStoreError.refused(bad.problem() ?? "")) { try await store.record(bad) }
        #expect(try await store.deploys().isEmpty)
        let good = DeployMarker(service: "orders", version: "1", at: 5_000_000_000, source: .declared)
        try await store.record(good)
        #expect(try await store.deploy(good.id) == good)
        #expect(try await store.deploy("other") == nil)
    }

    @Test func `of one deploy the newest hundred checks are kept`() async throws {
        let place = try Place()
        defer { place.remove() }
        let store = try BaselineStore(path: place.path)
        var check = SampleChecks.all[0].report
        let other = SampleChecks.all[2].report
        var id = other
        id.deploy.id = "another"
        try await store.record(id)
        check.operations = []
        check.points = []
        for number in 0..<UInt64(BaselineStore.checksPerDeploy + 5) {
            check.checkedAt = 1_000 + number
            check.id = CheckReport.id(of: check.deploy, at: check.checkedAt)
            try await store.record(check)
        }
        let kept = try await store.checks(ofDeploy: check.deploy.id, limit: 500)
        #expect(kept.count == BaselineStore.checksPerDeploy)
        #expect(kept.last?.checkedAt == 1_005)
        #expect(try await store.checks(ofDeploy: "another").count == 1)
    }
}
