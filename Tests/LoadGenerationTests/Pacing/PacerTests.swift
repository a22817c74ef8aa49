import LoadGeneration
import Plans
import Testing

@Suite struct PacerTests {
    @Test func `a ramp from 0 to 1000 a second over 10 s gives exactly 5000 arrivals at the formula's times`() {
        let offsets = all(UniformPacer(RateShape(stages: [stage(0, 1000, 10)])))
        #expect(offsets.count == 5000)
        // The integral of 100 t is 50 t², so arrival n is due at sqrt(n / 50).
        for (n, offset) in offsets.enumerated() {
            #expect(abs(Double(offset) / 1e9 - (Double(n) / 50).squareRoot()) < 1e-6)
        }
    }

    @Test func `a steady rate spaces arrivals evenly and does not drift`() {
        let offsets = all(UniformPacer(.constant(300, for: .seconds(100))))
        #expect(offsets.count == 30_000)
        #expect(offsets.enumerated().allSatisfy { abs(Double($1) - Double($0) / 300 * 1e9) < 2 })
    }

    @Test(arguments: StageCase.all)
    func `stages join without losing or doubling an arrival`(example: StageCase) {
        let offsets = all(UniformPacer(RateShape(stages: example.stages)))
        #expect(offsets.count == example.count)
        #expect(zip(offsets, offsets.dropFirst()).allSatisfy { $0 < $1 })
        let end = example.stages.reduce(Duration.zero) { $0 + $1.duration }
        #expect(offsets.allSatisfy { Duration.nanoseconds($0) < end })
    }

    @Test func `an arrival is due when the integral of the rate reaches its number`() {
        let shape = RateShape(stages: [stage(20, 80, 2), stage(80, 80, 1), stage(10, 0, 4)])
        let integral = RateIntegral(shape)
        var hint = 0
        let times = (0..<Int(integral.arrivals)).map { integral.time(of: Double($0), hint: &hint) }
        // Numerical integration, independent of the closed form.
        var reached = 0.0
        var clock = 0.0
        let step = 1e-4
        for (n, time) in times.enumerated() {
            while clock + step <= time {
                reached += (integral.rate(at: clock) + integral.rate(at: clock + step * 0.999)) / 2 * step
                clock += step
            }
            #expect(abs(reached + integral.rate(at: clock) * (time - clock) - Double(n)) < 0.02)
        }
    }

    @Test func `Poisson arrivals repeat with the seed and differ without`() {
        let shape = RateShape.constant(500, for: .seconds(4))
        #expect(all(PoissonPacer(shape, seed: 7)) == all(PoissonPacer(shape, seed: 7)))
        #expect(all(PoissonPacer(shape, seed: 7)) != all(PoissonPacer(shape, seed: 8)))
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `Poisson arrivals have the shape's mean and a variance equal to it`(seed: UInt64) {
        let offsets = all(PoissonPacer(.constant(1000, for: .seconds(20)), seed: seed))
        // 20,000 expected, standard deviation 141; five of them are beyond any luck.
        #expect(abs(offsets.count - 20_000) < 710)
        var perTenth = [Double](repeating: 0, count: 200)
        for offset in offsets { perTenth[Int(offset / 100_000_000)] += 1 }
        let mean = perTenth.reduce(0, +) / 200
        let variance = perTenth.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199
        #expect((0.5...1.7).contains(variance / mean))
    }

    @Test func `Poisson arrivals follow a ramp`() {
        let offsets = all(PoissonPacer(RateShape(stages: [stage(0, 1000, 10)]), seed: 3))
        let early = offsets.count { $0 < 5_000_000_000 }
        // A quarter of the ramp's area lies in its first half.
        #expect(abs(Double(early) / Double(offsets.count) - 0.25) < 0.03)
    }

    private func all(_ pacer: some Pacer) -> [UInt64] {
        var pacer = pacer
        return Array(sequence(state: ()) { _ in pacer.next() })
    }
}

/// Stages and the arrivals they must give: the area under the rate.
struct StageCase: Sendable, CustomTestStringConvertible {
    var stages: [RateShape.Stage]
    var count: Int

    static let all = [
        StageCase(stages: [stage(0, 100, 2), stage(100, 100, 3), stage(100, 0, 2)], count: 500),
        StageCase(stages: [stage(10, 10, 1), stage(200, 200, 0.5), stage(10, 10, 1)], count: 120),
        StageCase(stages: [stage(0, 0, 1), stage(50, 50, 1)], count: 50),
        StageCase(stages: [stage(0.1, 0.1, 5)], count: 1),
        StageCase(stages: [stage(5, 5, 0), stage(7, 7, 1)], count: 7),
        StageCase(stages: [stage(0, 0, 3)], count: 0),
        StageCase(stages: [], count: 0),
    ]

    var testDescription: String { "\(stages.map { "\($0.from)-\($0.to)" }) gives \(count)" }
}

private func stage(_ from: Double, _ to: Double, _ seconds: Double) -> RateShape.Stage {
    RateShape.Stage(from: from, to: to, duration: .seconds(seconds))
}
