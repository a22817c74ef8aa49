import LoadGeneration
import Plans
import Statistics
import Telemetry
import TestSupport
import Testing

/// Spike and soak tests as their seconds tell them.
@Suite struct ReadingTests {
    @Test func `recovery counts from the end of the spike`() throws {
        // 10 s quiet, 1 s up, 10 s spike, 1 s down, 8 s after; latency is back 3 s after the spike has ended.
        let latencies = repeated(20, 10) + repeated(400, 12) + [300, 200, 100] + repeated(21, 5)
        let recovery = try #require(SpikeReading(spike).recovery(in: load(latencies)))
        #expect(recovery.seconds == 4)
        #expect(abs(recovery.p95Before - 20) < 0.5 && abs(recovery.p95Peak - 400) < 5)
    }

    @Test func `a target that stays slow has not recovered`() throws {
        let recovery = try #require(SpikeReading(spike).recovery(in: load(repeated(20, 10) + repeated(400, 20))))
        #expect(recovery.seconds == nil)
    }

    @Test func `a target that took the spike without a scratch was never ill`() throws {
        let recovery = try #require(SpikeReading(spike).recovery(in: load(repeated(20, 30))))
        #expect(recovery.seconds == 0)
    }

    @Test func `errors after the spike are no recovery`() throws {
        var ill = load(repeated(20, 30))
        for index in 22..<30 { ill.seconds[index].failed = 50 }
        #expect(try #require(SpikeReading(spike).recovery(in: ill)).seconds == nil)
    }

    @Test func `a test cut off before the spike tells nothing`() {
        #expect(SpikeReading(spike).recovery(in: load(repeated(20, 8))) == nil)
    }

    @Test func `latency that creeps up is drift, with its rate`() throws {
        // From 20 ms by 1 ms in ten seconds over ten minutes, with noise of a tenth.
        var random = SeededGenerator(seed: 7)
        let values = (0..<600).map { (20 + Double($0) / 10) * Double.random(in: 0.9...1.1, using: &random) }
        let drift = try #require(DriftReading().drift(in: load(values)))
        let latency = try #require(drift.series.first { $0.name == "latency p95" })
        #expect(latency.isDrifting && latency.confidence > 0.999)
        #expect(abs(latency.perHour / 360 - 1) < 0.15)
        #expect((latency.perHourLow...latency.perHourHigh).contains(latency.perHour))
    }

    @Test func `steady latency does not drift`() throws {
        var drifting = 0
        for seed in 1...100 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let values = (0..<120).map { _ in 20 * Double.random(in: 0.8...1.2, using: &random) }
            let drift = try #require(DriftReading().drift(in: load(values)))
            if drift.series.contains(where: \.isDrifting) { drifting += 1 }
        }
        #expect(drifting <= 3)
    }

    private var spike: TestDefinition {
        func stage(_ from: Double, _ to: Double, _ seconds: Int) -> RateShape.Stage {
            RateShape.Stage(from: from, to: to, duration: .seconds(seconds))
        }
        let shape = RateShape(stages: [
            stage(10, 10, 10), stage(10, 100, 1), stage(100, 100, 10), stage(100, 10, 1), stage(10, 10, 8),
        ])
        return TestDefinition(type: .spike, name: "s", path: "/", rate: shape, duration: shape.duration)
    }

    private func repeated(_ value: Double, _ count: Int) -> [Double] { Array(repeating: value, count: count) }

    private func load(_ milliseconds: [Double]) -> TestLoad {
        var load = TestLoad(test: 0, startedAt: 0)
        load.seconds = milliseconds.map { value in
            var second = LoadSecond()
            second.scheduled = 100
            second.answered = 100
            second.latency.record(UInt64(value * 1e6), times: 100)
            return second
        }
        return load
    }
}
