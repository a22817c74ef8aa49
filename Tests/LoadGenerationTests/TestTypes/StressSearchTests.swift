import LoadGeneration
import Plans
import Statistics
import Telemetry
import TestSupport
import Testing

/// The search against a target that is a formula: fast and exact.
@Suite(.repeatedOnBusyMachine) struct StressSearchTests {
    @Test(arguments: [37.0, 130, 805, 12_345], 1...5 as ClosedRange<UInt64>)
    func `the load line is found within a twentieth, noise and all`(capacity: Double, seed: UInt64) throws {
        let line = try loadLine(StressSettings(startRate: 10, budget: .seconds(600)), capacity: capacity, seed: seed)
        let rate = try #require(line.rate)
        #expect(abs(rate / capacity - 1) < 0.05)
        #expect(line.isConfirmed)
        #expect(line.hasRecovered == true)
        #expect(try #require(line.brokenAt) > rate)
        #expect(line.failureMode.first?.hasPrefix("p95") == true)
    }

    @Test func `a first level that breaks is searched downwards`() throws {
        let line = try loadLine(StressSettings(startRate: 1000, budget: .seconds(600)), capacity: 130, seed: 1)
        #expect(abs(try #require(line.rate) / 130 - 1) < 0.05)
    }

    @Test func `a target that never holds has no load line`() throws {
        let line = try loadLine(StressSettings(startRate: 1000, budget: .seconds(600)), capacity: 0.001, seed: 1)
        #expect(line.rate == nil && !line.isConfirmed)
    }

    @Test func `the search ends at the highest rate allowed`() throws {
        var settings = StressSettings(startRate: 10, budget: .seconds(600))
        settings.maximumRate = 100
        let line = try loadLine(settings, capacity: 5000, seed: 1)
        #expect(line.rate == 100 && line.brokenAt == nil && line.isConfirmed)
        #expect(line.ending.contains("highest rate"))
    }

    @Test func `when the time is up the best that is known is confirmed`() throws {
        let line = try loadLine(StressSettings(startRate: 10, budget: .seconds(3)), capacity: 5000, seed: 1)
        #expect(line.ending.contains("time"))
        #expect(try #require(line.rate) < 5000)
    }

    @Test func `one noisy step in ten does not cut the search short`() throws {
        let settings = StressSettings(startRate: 10, budget: .seconds(600))
        let line = try loadLine(settings, capacity: 805, seed: 3, hiccups: 0.1)
        #expect(abs(try #require(line.rate) / 805 - 1) < 0.05)
    }

    @Test func `a generator that cannot keep up is no load line of the target`() throws {
        var search = StressSearch(StressSettings(startRate: 10, budget: .seconds(600)))
        var steps: [LoadStep] = []
        while let order = search.next(elapsed: .zero) {
            var load = StressSearchTests.load(at: order.level, latency: 5)
            if order.level > 500 { load.invalidReasons = ["the generator took arrivals up late"] }
            steps.append(search.take(load))
            try #require(steps.count < 100)
        }
        guard case .loadLine(let line)? = search.characteristic(of: steps) else { throw NoLine() }
        #expect(line.rate == 320 && line.brokenAt == nil)
        #expect(line.ending.contains("cannot be trusted"))
    }

    private struct NoLine: Error {}

    private func loadLine(
        _ settings: StressSettings,
        capacity: Double,
        seed: UInt64,
        hiccups: Double = 0
    ) throws -> LoadLine {
        var settings = settings
        settings.objectives = [.latency(quantile: 0.95, limit: .milliseconds(50)), .errorRate(0.01)]
        var random = SeededGenerator(seed: seed)
        var search = StressSearch(settings)
        var steps: [LoadStep] = []
        var elapsed = Duration.zero
        while let order = search.next(elapsed: elapsed) {
            elapsed += order.pause + order.load.warmup + order.load.duration
            // Capacity varies by a hundredth; beyond it the queue grows all through the step.
            let now = capacity * (1 + 0.01 * Double.random(in: -1...1, using: &random))
            let isHiccup = Double.random(in: 0..<1, using: &random) < hiccups
            let overload = max(0, order.level / now - 1)
            let latency = isHiccup ? 300 : 10 + 40_000 * overload
            steps.append(search.take(StressSearchTests.load(at: order.level, latency: latency)))
            try #require(steps.count < 200)
        }
        guard case .loadLine(let line)? = search.characteristic(of: steps) else { throw NoLine() }
        return line
    }

    private static func load(at rate: Double, latency milliseconds: Double) -> TestLoad {
        var load = TestLoad(test: 0, startedAt: 0)
        load.targetRate = rate
        load.achievedRate = rate
        load.ledger.scheduled = 1000
        load.ledger[.completed] = 1000
        load.latency.record(UInt64(milliseconds * 1e6), times: 1000)
        var second = LoadSecond()
        second.scheduled = 1000
        second.answered = 1000
        second.latency.record(UInt64(milliseconds * 1e6), times: 1000)
        load.seconds = [second]
        return load
    }
}
