import LoadGeneration
import Plans
import Testing

@Suite struct ShapeTests {
    @Test func `a sine's arrivals are due where its integral says`() {
        let wave = RateShape.Wave(amplitude: 80, period: .seconds(2))
        let shape = RateShape(stages: [RateShape.Stage(from: 100, to: 100, duration: .seconds(4), wave: wave)])
        var pacer = UniformPacer(shape)
        var offsets: [Double] = []
        while let offset = pacer.next() { offsets.append(Double(offset) / 1e9) }
        // Over whole periods the swings cancel out.
        #expect(offsets.count == 400)
        for (index, time) in offsets.enumerated() {
            let integral = 100 * time + 80 / Double.pi * (1 - cosine(Double.pi * time))
            #expect(abs(integral - Double(index)) < 1e-5)
        }
        #expect(RateIntegral(shape).rate(at: 0.5) > 179.99 && RateIntegral(shape).rate(at: 1.5) < 20.01)
    }

    @Test func `the rate of a sine never falls below zero`() {
        let wave = RateShape.Wave(amplitude: 500, period: .seconds(1))
        let integral = RateIntegral(
            RateShape(stages: [RateShape.Stage(from: 0, to: 100, duration: .seconds(2), wave: wave)])
        )
        #expect((0..<200).allSatisfy { integral.rate(at: Double($0) / 100) >= 0 })
        #expect(abs(integral.arrivals - 100) < 1e-6)
    }

    @Test func `replayed arrivals are due when the list says, whatever its order`() {
        let times: [Duration] = [.milliseconds(300), .zero, .milliseconds(12), .milliseconds(12), .seconds(-1)]
        let shape = RateShape(replay: times)
        var schedule = ArrivalSchedule(LoadOrder(.open(shape, warmupRate: 0), warmup: .zero, duration: shape.duration))
        var offsets: [UInt64] = []
        while let arrival = schedule.next() { offsets.append(arrival.offset) }
        #expect(offsets == [0, 12_000_000, 12_000_000, 300_000_000])
        #expect(schedule.end == 301_000_000)
    }

    @Test(arguments: 1...7)
    func `workers share a replay without gap or overlap`(workers: Int) {
        let shape = RateShape(replay: (0..<100).map { .milliseconds($0 * $0) })
        var sequences: [UInt64] = []
        for worker in 0..<workers {
            let order = LoadOrder(.open(shape, warmupRate: 0), warmup: .zero, duration: shape.duration)
            var schedule = ArrivalSchedule(order, worker: worker, of: workers)
            while let arrival = schedule.next() { sequences.append(arrival.sequence) }
        }
        #expect(sequences.sorted() == (0..<100).map { UInt64($0) })
    }

    private func cosine(_ x: Double) -> Double {
        // Taylor's series: the tests need no library for it.
        var term = 1.0
        var sum = 1.0
        let reduced = x.truncatingRemainder(dividingBy: 2 * .pi)
        for n in 1...30 {
            term *= -reduced * reduced / Double((2 * n - 1) * (2 * n))
            sum += term
        }
        return sum
    }
}
