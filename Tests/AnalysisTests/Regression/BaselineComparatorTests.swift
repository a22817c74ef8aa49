import Analysis
import Correlation
import Statistics
import Telemetry
import Testing

@Suite struct BaselineComparatorTests {
    private func compare(_ model: EndpointModel, before: EndpointModel, count: Int = 5) throws -> EndpointComparison {
        try #require(SimulatedRuns.compared(model, before: before, count: count).comparisons[0])
    }

    private func slower(_ path: Int, by factor: Double) -> EndpointModel {
        var model = EndpointModel.shop()
        model.paths[path].milliseconds *= factor
        return model
    }

    @Test func `without a baseline there is no comparison`() {
        var noise = Noise(seed: 1)
        let test = SimulatedRuns.test(.shop(), &noise)
        #expect(BaselineComparator().compare(test, with: [], environment: "any") == nil)
        #expect(BaselineComparator().compare([], with: [], environment: "any").isEmpty)
    }

    @Test func `a path twice as slow regresses and explains the slowdown`() throws {
        let comparison = try compare(slower(EndpointModel.Shop.orders, by: 2), before: .shop())
        #expect(comparison.notComparable == nil)
        #expect(comparison.p95.decision == .regression)
        #expect(comparison.mean.decision == .regression)
        let regressed = comparison.paths.filter { $0.critical.decision == .regression }
        #expect(regressed.map(\.stack.last?.operation.name) == ["GET /orders/{id}"])
        let path = try #require(regressed.first)
        #expect(path.critical.confidence > 0.95)
        #expect((path.critical.q ?? 1) <= 0.05)
        #expect((path.critical.q ?? 0) >= (path.critical.p ?? 1))
        let share = try #require(path.explainedShare)
        #expect(share > 0.7 && share < 1.3)
        let (low, high) = (try #require(path.critical.ratioLow), try #require(path.critical.ratioHigh))
        #expect(low < 2 && 2 < high)
    }

    @Test func `a path twice as fast is an improvement`() throws {
        let comparison = try compare(slower(EndpointModel.Shop.orders, by: 0.4), before: .shop())
        #expect(comparison.mean.decision == .improvement)
        #expect(comparison.paths.filter { $0.critical.decision == .improvement }.count == 1)
        #expect(comparison.paths.allSatisfy { $0.explainedShare == nil })
    }

    @Test func `a significant but tiny change is no regression`() throws {
        var quiet = EndpointModel.shop()
        quiet.runDeviation = 0
        quiet.requestDeviation = 0.01
        var model = quiet
        model.paths[EndpointModel.Shop.items].milliseconds += 0.5
        let comparison = try compare(model, before: quiet, count: 10)
        #expect(comparison.paths.allSatisfy { $0.critical.decision != .regression })
        #expect(comparison.p95.decision != .regression)
    }

    @Test func `a path that only one side has is compared with zero`() throws {
        var model = EndpointModel.shop()
        let extra = OperationKey(service: "orders", name: "SELECT coupons", kind: .client)
        model.paths.append(.init(frame: PathFrame(operation: extra), parent: 4, milliseconds: 8))
        let added = try #require(try compare(model, before: .shop()).paths.last)
        #expect(added.baseline == nil && added.critical.before == 0)
        #expect(added.critical.decision == .regression)
        #expect(added.critical.ratio == nil && added.critical.ratioHigh == nil)

        let removed = try #require(try compare(.shop(), before: model).paths.last)
        #expect(removed.current == nil && removed.critical.after == 0)
        #expect(removed.critical.decision == .improvement)
        #expect(removed.stack.map(\.operation.name).last == "SELECT coupons")
    }

    @Test(arguments: [1, 2, 3, 7]) func `critical deltas of all paths sum to the change of the mean`(seed: UInt64)
        throws
    {
        var before = EndpointModel.shop()
        before.runDeviation = 0.05
        before.paths[EndpointModel.Shop.items].presence = 0.3
        var model = before
        model.paths[EndpointModel.Shop.ordersQuery].milliseconds = 17
        let gone = OperationKey(service: "orders", name: "GET cache", kind: .client)
        before.paths.append(.init(frame: PathFrame(operation: gone), parent: 4, milliseconds: 2, presence: 0.9))
        let run = SimulatedRuns.compared(model, before: before, count: 4, seed: seed)
        let comparison = try #require(run.comparisons[0])
        let sum = comparison.paths.reduce(0) { $0 + $1.critical.delta }
        #expect(abs(sum - comparison.mean.delta) < 1e-9)
        let shares = comparison.paths.compactMap(\.explainedShare).reduce(0, +)
        #expect(abs(shares - 1) < 1e-9)
    }

    @Test func `merged baselines keep every nanosecond and call`() throws {
        var noise = Noise(seed: 3)
        let profiles = SimulatedRuns.baselines(.shop(), &noise, count: 3).map(\.profile)
        let merged = EndpointProfile.merged(profiles, endpoint: "GET /api/orders")
        #expect(merged.traces == profiles.reduce(0) { $0 + $1.traces })
        #expect(merged.paths.count == profiles[0].paths.count)
        #expect(merged.paths.map(\.parent) == profiles[0].paths.map(\.parent))
        #expect(merged.paths.reduce(0) { $0 + $1.criticalNanoseconds } == merged.duration.sum)
        #expect(merged.paths[5].calls == profiles.reduce(0) { $0 + $1.paths[5].calls })
        #expect(merged.paths[5].typicalTraceID == profiles[0].paths[5].typicalTraceID)
    }

    @Test func `baselines of another resolution still merge`() {
        var coarse = EndpointProfile(endpoint: "x", duration: LatencyHistogram(subBucketBits: 7))
        coarse.duration.record(5_000_000)
        var fine = EndpointProfile(endpoint: "x")
        fine.duration.record(7_000_000)
        let merged = EndpointProfile.merged([coarse, fine], endpoint: "x")
        #expect(merged.duration.count == 2)
    }

    @Test func `siblings with the same frame are one path`() throws {
        var twin = EndpointModel.shop()
        twin.paths.append(twin.paths[EndpointModel.Shop.items])
        let comparison = try compare(twin, before: twin)
        #expect(comparison.paths.count == EndpointModel.shop().paths.count)
        let sum = comparison.paths.reduce(0) { $0 + $1.critical.delta }
        #expect(abs(sum - comparison.mean.delta) < 1e-9)
    }

    @Test(arguments: [1, 2]) func `one or two baseline runs are advisory`(count: Int) throws {
        let comparison = try compare(slower(EndpointModel.Shop.orders, by: 3), before: .shop(), count: count)
        #expect(comparison.p95.confidence <= 0.5)
        #expect(comparison.paths.allSatisfy { $0.critical.confidence <= 0.5 })
        let regressed = comparison.paths.filter { $0.critical.decision == .regression }
        #expect(regressed.map(\.current) == [EndpointModel.Shop.orders])
    }

    @Test func `another environment compares nothing`() throws {
        var noise = Noise(seed: 5)
        let baselines = SimulatedRuns.baselines(.shop(), &noise, count: 3)
        let test = SimulatedRuns.test(slower(EndpointModel.Shop.orders, by: 3), &noise)
        let found = BaselineComparator().compare(test, with: baselines, environment: "64 cores")
        let comparison = try #require(found)
        #expect(comparison.notComparable == "the baseline is of another environment")
        expectUndecided(comparison)
        #expect(comparison.p95.decision == .inconclusive && comparison.p95.p == nil)
    }

    @Test func `only baselines of the same environment count`() throws {
        var noise = Noise(seed: 5)
        var baselines = SimulatedRuns.baselines(.shop(), &noise, count: 3)
        baselines[0].environment = "64 cores"
        let test = SimulatedRuns.test(.shop(), &noise)
        let found = BaselineComparator().compare(test, with: baselines, environment: SimulatedRuns.environment)
        #expect(found?.baselineRunIDs == ["run-1", "run-2"])
        #expect(found?.notComparable == nil)
    }

    @Test func `coverage apart by more than ten points leaves paths undecided`() throws {
        var noise = Noise(seed: 5)
        let baselines = SimulatedRuns.baselines(.shop(), &noise, count: 3)
        var test = SimulatedRuns.test(slower(EndpointModel.Shop.orders, by: 3), &noise)
        test.completeness.requested = 200
        test.completeness.states[.orphaned] = 80
        let found = BaselineComparator().compare(test, with: baselines, environment: SimulatedRuns.environment)
        let comparison = try #require(found)
        #expect(comparison.notComparable == "trace coverage is 60 %, the baseline's was 100 %")
        expectUndecided(comparison)
        #expect(comparison.p95.decision == .regression, "latencies need no traces")
    }

    @Test func `fewer than thirty traces leave everything undecided`() throws {
        var few = EndpointModel.shop()
        few.traces = 29
        let comparison = try compare(few, before: .shop())
        #expect(comparison.notComparable == "29 requests were answered, 30 are needed on either side")
        expectUndecided(comparison)
        #expect(comparison.p95.decision == .inconclusive)
    }

    @Test func `another rate compares nothing`() throws {
        var noise = Noise(seed: 5)
        let baselines = SimulatedRuns.baselines(.shop(), &noise, count: 3)
        var test = SimulatedRuns.test(.shop(), &noise)
        test.load.targetRate = 500
        let found = BaselineComparator().compare(test, with: baselines, environment: SimulatedRuns.environment)
        #expect(found?.notComparable == "the plan asks for 500 requests/s, the baseline ran at 50")
    }

    private func expectUndecided(_ comparison: EndpointComparison) {
        #expect(comparison.mean.decision == .inconclusive)
        #expect(comparison.paths.allSatisfy { $0.critical.decision == .inconclusive && $0.explainedShare == nil })
        #expect(comparison.paths.allSatisfy { $0.critical.p == nil && $0.critical.confidence == 0 })
    }
}
