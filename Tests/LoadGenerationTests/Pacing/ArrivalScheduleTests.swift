import LoadGeneration
import Plans
import Testing

@Suite struct ArrivalScheduleTests {
    @Test(arguments: ArrivalProcess.allCases, [1, 2, 3, 8])
    func `the workers' shares add up to the whole schedule`(arrivals: ArrivalProcess, workers: Int) {
        let test = definition(arrivals: arrivals)
        let whole = all(ArrivalSchedule(test))
        let shares = (0..<workers).flatMap { all(ArrivalSchedule(test, worker: $0, of: workers)) }
        #expect(shares.sorted { $0.sequence < $1.sequence } == whole)
        #expect(whole.map(\.sequence) == (0..<UInt64(whole.count)).map { $0 })
    }

    @Test func `the warm-up is steady load at the hold rate before the measurement`() {
        let whole = all(ArrivalSchedule(definition(arrivals: .uniform)))
        let warmup = whole.filter(\.isWarmup)
        #expect(warmup.count == 200)
        #expect(warmup.allSatisfy { $0.offset < 2_000_000_000 })
        #expect(whole.drop { $0.isWarmup }.allSatisfy { !$0.isWarmup && $0.offset >= 2_000_000_000 })
    }

    @Test func `a longer warm-up does not change the measured arrivals`() {
        var test = definition(arrivals: .poisson)
        let before = measured(test)
        test.warmup = .seconds(3)
        #expect(measured(test) == before)
    }

    @Test func `the rate is known at any time of the schedule`() {
        let schedule = ArrivalSchedule(definition(arrivals: .uniform))
        #expect(schedule.rate(at: 500_000_000) == 100)
        #expect(schedule.rate(at: 2_500_000_000) == 50)
        #expect(schedule.rate(at: 3_500_000_000) == 100)
        #expect(schedule.rate(at: 6_000_000_000) == 0)
    }

    private func measured(_ test: TestDefinition) -> [UInt64] {
        let schedule = ArrivalSchedule(test)
        return all(schedule).filter { !$0.isWarmup }.map { $0.offset - schedule.measuredFrom }
    }

    private func all(_ schedule: ArrivalSchedule) -> [Arrival] {
        var schedule = schedule
        return Array(sequence(state: ()) { _ in schedule.next() })
    }

    private func definition(arrivals: ArrivalProcess) -> TestDefinition {
        TestDefinition(
            type: .load,
            name: "GET /",
            path: "/",
            rate: RateShape(stages: [
                RateShape.Stage(from: 0, to: 100, duration: .seconds(1)),
                RateShape.Stage(from: 100, to: 100, duration: .seconds(2)),
            ]),
            arrivals: arrivals,
            duration: .seconds(3),
            warmup: .seconds(2),
            seed: 11
        )
    }
}
