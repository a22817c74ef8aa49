import Analysis
import Correlation
import Telemetry
import Testing

/// F01, F02, F03, F09 and F10: what the profile alone shows.
@Suite struct PathDetectorTests {
    private typealias Shop = EndpointModel.Shop

    private func slower(_ path: Int, to milliseconds: Double) -> EndpointModel {
        var model = EndpointModel.shop()
        model.paths[path].milliseconds = milliseconds
        return model
    }

    private func with(_ name: String, milliseconds: Double, presence: Double = 1) -> EndpointModel {
        var model = EndpointModel.shop()
        let operation = OperationKey(service: "orders", name: name, kind: .client)
        model.paths.append(
            .init(frame: PathFrame(operation: operation), parent: 4, milliseconds: milliseconds, presence: presence)
        )
        return model
    }

    @Test func `a dominant operation is pointed out but never above medium`() throws {
        let model = slower(Shop.orders, to: 60)
        var noise = Noise(seed: 1)
        let run = SimulatedRuns.run([SimulatedRuns.test(model, &noise)])
        let found = CriticalPathDominanceDetector().findings(in: ComparedRun(run: run, comparisons: [nil]))
        let finding = try #require(found.first)
        #expect(found.count == 1)
        #expect(finding.culprit == CulpritReference(service: "orders", operation: "GET /orders/{id}"))
        #expect(finding.severity == .medium)
        #expect(try #require(finding.evidence.numbers["criticalShareRatio"]) > 0.7)
    }

    @Test func `dominance needs thirty traces`() {
        var model = slower(Shop.orders, to: 60)
        model.traces = 29
        var noise = Noise(seed: 1)
        let run = SimulatedRuns.run([SimulatedRuns.test(model, &noise)])
        #expect(CriticalPathDominanceDetector().findings(in: ComparedRun(run: run, comparisons: [nil])).isEmpty)
    }

    @Test func `a slower operation is named with its share of the slowdown`() throws {
        let run = SimulatedRuns.compared(slower(Shop.items, to: 30), before: .shop())
        let found = SelfTimeRegressionDetector().findings(in: run)
        let finding = try #require(found.first)
        #expect(found.count == 1)
        #expect(finding.culprit.service == "orders")
        #expect(finding.culprit.operation == "SELECT items")
        #expect(finding.culprit.attribute == EndpointModel.itemsQuery)
        #expect(finding.severity == .critical)
        #expect(finding.isRegression)
        #expect(finding.sentence.hasPrefix("orders SELECT items takes "))
        #expect(finding.sentence.hasSuffix(" of the slowdown"))
        #expect(finding.suggestion.contains("query plan"))
    }

    @Test func `without a baseline nothing has regressed`() {
        var noise = Noise(seed: 1)
        let run = SimulatedRuns.run([SimulatedRuns.test(.shop(), &noise)])
        let compared = ComparedRun(run: run, comparisons: [nil])
        #expect(SelfTimeRegressionDetector().findings(in: compared).isEmpty)
        #expect(NewOperationDetector().findings(in: compared).isEmpty)
        #expect(RemovedOperationDetector().findings(in: compared).isEmpty)
    }

    @Test func `a slower edge blames the callee`() throws {
        let run = SimulatedRuns.compared(slower(Shop.network, to: 25), before: .shop())
        let finding = try #require(EdgeLatencyDetector().findings(in: run).first)
        #expect(finding.culprit == CulpritReference(service: "orders", operation: "GET /orders/{id}"))
        #expect(finding.isRegression)
        #expect(SelfTimeRegressionDetector().findings(in: run).isEmpty)
    }

    @Test func `time outside the target's spans blames the target`() throws {
        let run = SimulatedRuns.compared(slower(Shop.client, to: 25), before: .shop())
        let finding = try #require(EdgeLatencyDetector().findings(in: run).first)
        #expect(finding.culprit == CulpritReference(service: "frontend", operation: "GET /api/orders"))
        #expect(finding.sentence.contains("outside its spans"))
    }

    @Test func `a new operation is reported once, at its top`() throws {
        var model = with("GET coupons", milliseconds: 0)
        let below = OperationKey(service: "coupons", name: "GET /coupons", kind: .server)
        model.paths.append(.init(frame: PathFrame(operation: below, synthetic: .network), parent: 7, milliseconds: 2))
        model.paths.append(.init(frame: PathFrame(operation: below), parent: 7, milliseconds: 15))
        let found = NewOperationDetector().findings(in: SimulatedRuns.compared(model, before: .shop()))
        let finding = try #require(found.first)
        #expect(found.count == 1)
        #expect(finding.culprit.operation == "GET coupons")
        #expect(finding.isRegression)
        #expect(finding.severity == .high)
        let cost = try #require(finding.evidence.numbers["criticalMs"])
        #expect(cost > 14 && cost < 20)
        let share = try #require(finding.evidence.explainedShare)
        #expect(share > 0.8 && share < 1.2)
    }

    @Test func `a new operation off the critical path is information`() throws {
        let run = SimulatedRuns.compared(with("audit", milliseconds: 0), before: .shop())
        let finding = try #require(NewOperationDetector().findings(in: run).first)
        #expect(finding.severity == .info)
        #expect(!finding.isRegression)
    }

    @Test func `an operation that was rare before is not new`() {
        let run = SimulatedRuns.compared(
            with("audit", milliseconds: 9),
            before: with("audit", milliseconds: 9, presence: 0.05)
        )
        #expect(NewOperationDetector().findings(in: run).isEmpty)
    }

    @Test func `a removed operation is reported with what it took`() throws {
        let run = SimulatedRuns.compared(.shop(), before: with("GET cache", milliseconds: 4))
        let found = RemovedOperationDetector().findings(in: run)
        let finding = try #require(found.first)
        #expect(found.count == 1)
        #expect(finding.culprit == CulpritReference(service: "orders", operation: "GET cache"))
        #expect(finding.severity <= .medium)
        #expect(finding.sentence.contains("in 100 % of traces"))
    }
}
