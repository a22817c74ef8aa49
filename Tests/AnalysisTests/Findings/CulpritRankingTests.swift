import Analysis
import Correlation
import Telemetry
import Testing

@Suite struct CulpritRankingTests {
    private typealias Shop = EndpointModel.Shop

    private func rank(_ run: ComparedRun) -> [Culprit] {
        CulpritRanking.rank([any FindingDetector].standard.findings(in: run), in: run)
    }

    @Test func `the issuer of a repeated query comes first`() throws {
        let run = QueryTraces(counts: [21]).compared()
        let first = try #require(rank(run).first)
        #expect(first.service == "orders")
        #expect(first.operation == "GET /orders/{id}")
        #expect(first.findings.contains("F13"))
        #expect(first.share > 0.8 && first.share <= 1)
        let findings = [any FindingDetector].standard.findings(in: run)
        #expect(findings.first?.id == "F13")
        #expect(!findings.contains { $0.id == "F02" }, "the query's own time is the same story")
    }

    @Test func `an edge counts against the cause in the same service`() throws {
        var model = EndpointModel.shop()
        model.paths[Shop.items].milliseconds = 30
        model.paths[Shop.network].milliseconds = 20
        let culprits = rank(SimulatedRuns.compared(model, before: .shop()))
        #expect(culprits.map(\.operation) == ["SELECT items"])
        #expect(culprits.first?.findings == ["F02", "F03"])
    }

    @Test func `an edge alone blames the callee`() {
        var model = EndpointModel.shop()
        model.paths[Shop.network].milliseconds = 40
        let culprits = rank(SimulatedRuns.compared(model, before: .shop()))
        #expect(culprits.map(\.service) == ["orders"])
        #expect(culprits.map(\.findings) == [["F03"]])
    }

    @Test func `callers of a slow operation carry no blame`() {
        var model = EndpointModel.shop()
        model.paths[Shop.ordersQuery].milliseconds = 60
        let culprits = rank(SimulatedRuns.compared(model, before: .shop()))
        #expect(culprits.map(\.operation) == ["SELECT orders"])
    }

    @Test func `the larger share comes first`() {
        var model = EndpointModel.shop()
        model.paths[Shop.frontend].milliseconds = 16
        model.paths[Shop.ordersQuery].milliseconds = 50
        let culprits = rank(SimulatedRuns.compared(model, before: .shop()))
        #expect(culprits.map(\.operation) == ["SELECT orders", "GET /api/orders"])
        #expect(culprits.map(\.score) == culprits.map(\.score).sorted(by: >))
    }

    @Test func `nothing regressed, nobody is to blame`() {
        var slow = EndpointModel.shop()
        slow.paths[Shop.orders].milliseconds = 80
        let run = SimulatedRuns.compared(slow, before: slow)
        #expect([any FindingDetector].standard.findings(in: run).map(\.id) == ["F01"])
        #expect(rank(run).isEmpty)
    }

    @Test func `without a baseline the bottleneck is named`() {
        var slow = EndpointModel.shop()
        slow.paths[Shop.orders].milliseconds = 80
        var noise = Noise(seed: 2)
        let run = SimulatedRuns.run([SimulatedRuns.test(slow, &noise)])
        let culprits = rank(ComparedRun(run: run, comparisons: [nil]))
        #expect(culprits.map(\.operation) == ["GET /orders/{id}"])
        #expect(culprits.allSatisfy { $0.score < 1 })
    }

    @Test func `what regressed comes before what merely stands`() throws {
        var before = EndpointModel.shop()
        before.name = "GET /api/slow"
        var noise = Noise(seed: 2)
        var standing = EndpointModel.shop()
        standing.name = "GET /api/new"
        standing.paths[Shop.frontend].milliseconds = 900
        var slow = before
        slow.paths[Shop.items].milliseconds = 9
        let baselines = SimulatedRuns.baselines(before, &noise, count: 5)
        let tests = [SimulatedRuns.test(standing, &noise), SimulatedRuns.test(slow, &noise)]
        let comparisons = BaselineComparator()
            .compare(tests, with: [[], baselines], environment: SimulatedRuns.environment)
        let culprits = rank(ComparedRun(run: SimulatedRuns.run(tests), comparisons: comparisons))
        #expect(culprits.map(\.operation) == ["SELECT items", "GET /api/orders"])
    }

    @Test func `ranking does not depend on the order of the findings`() {
        let run = QueryTraces(counts: [21]).compared()
        let findings = [any FindingDetector].standard.flatMap { $0.findings(in: run) }
        #expect(CulpritRanking.rank(findings, in: run) == CulpritRanking.rank(findings.reversed(), in: run))
        let once = FindingConsolidation.consolidate(findings)
        #expect(FindingConsolidation.consolidate(findings.reversed()) == once)
        #expect(FindingConsolidation.consolidate(once) == once)
    }
}
