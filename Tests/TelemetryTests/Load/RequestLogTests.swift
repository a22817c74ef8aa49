import Telemetry
import Testing

@Suite struct RequestLogTests {
    @Test func `what goes in comes out`() {
        let samples = (0..<1000).map { sample(UInt64($0) * 7919) }
        let log = RequestLog(samples)
        #expect(Array(log) == samples)
    }

    @Test(arguments: [0, 1, 999, 2_147_483_647] as [UInt64])
    func `durations below two seconds are exact`(nanoseconds: UInt64) {
        var one = sample(1)
        one.sentAt = one.scheduledAt + nanoseconds
        one.finishedAt = one.sentAt + nanoseconds
        #expect(RequestLog([one])[0] == one)
    }

    @Test(arguments: [2_147_483_648, 60_000_000_000, 1_800_000_000_000] as [UInt64])
    func `longer ones are exact to a microsecond`(nanoseconds: UInt64) {
        var one = sample(1)
        one.finishedAt = one.sentAt + nanoseconds
        let kept = RequestLog([one])[0]
        #expect(kept.finishedAt <= one.finishedAt && one.finishedAt - kept.finishedAt < 1024)
    }

    @Test func `a full log keeps a fair share of all requests, not the first`() {
        var log = RequestLog()
        var lost = 0
        for number in 0..<100_000 as Range<UInt64> { lost += log.append(sample(number), limit: 1000) }
        #expect(log.count <= 1000 && log.count > 300)
        #expect(log.count + lost == 100_000)
        // Each tenth of the test has its part.
        for tenth in 0..<10 as Range<UInt64> {
            let part = log.count { $0.number / 10_000 == tenth }
            #expect(part * 20 > log.count && part * 5 < log.count)
        }
    }

    @Test func `two threads thin alike`() {
        var left = RequestLog()
        var right = RequestLog()
        var lost = 0
        for number in 0..<50_000 as Range<UInt64> {
            // One thread has three quarters of the requests and is full sooner.
            if number % 4 == 0 {
                lost += right.append(sample(number), limit: 1000)
            } else {
                lost += left.append(sample(number), limit: 1000)
            }
        }
        #expect(left.thinning > right.thinning)
        lost += left.merge(right)
        left.sortByNumber()
        let numbers = left.map(\.number)
        #expect(numbers == numbers.sorted() && Set(numbers).count == numbers.count)
        #expect(left.count + lost == 50_000)
        let share = Double(numbers.count { $0 % 4 == 0 }) / Double(numbers.count)
        #expect(abs(share - 0.25) < 0.05)
    }

    @Test func `a log without room loses every sample`() {
        var log = RequestLog()
        #expect(log.append(sample(1), limit: 0) == 1 && log.isEmpty)
    }

    private func sample(_ number: UInt64) -> RequestSample {
        var sample = RequestSample(
            number: number,
            test: UInt16(number % 3),
            statusCode: 200,
            outcome: .completed,
            scheduledAt: 1_800_000_000_000_000_000 + number * 1000,
            sentAt: 1_800_000_000_000_000_000 + number * 1000 + number % 50_000,
            finishedAt: 1_800_000_000_000_000_000 + number * 1000 + number % 50_000 + 5_000_000
        )
        sample.step = UInt8(number % 5)
        return sample
    }
}
