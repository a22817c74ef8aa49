import Testing

@testable import Runs

/// When a deploy is looked at, and when a look that found too little would find more.
struct CheckScheduleTests {
    private static let minute: UInt64 = 60_000_000_000
    private static let second: UInt64 = 1_000_000_000
    private static let deployed = 30_000_000 * minute

    @Test func `looks come after five, fifteen, thirty and sixty minutes`() {
        let schedule = CheckSchedule(deployedAt: 1_000 * Self.minute, settling: 0)
        #expect(schedule.moments == [1_005, 1_015, 1_030, 1_060].map { $0 * Self.minute })
        #expect(schedule.next(after: 1_015 * Self.minute) == 1_030 * Self.minute)
        #expect(schedule.next(after: 1_060 * Self.minute) == nil)
        #expect(schedule.due(at: 1_031 * Self.minute) == 1_030 * Self.minute)
        #expect(schedule.due(at: 1_004 * Self.minute) == nil)
    }

    private static func again(_ seconds: UInt64, seen: UInt64, asking request: CheckRequest = CheckRequest()) -> UInt64?
    {
        CheckSchedule(deployedAt: deployed + 20 * second)
            .moreToSee(
                after: deployed + 20 * second + seconds * second,
                seen: deployed + seen * minute,
                since: deployed - 60 * minute,
                asking: request
            )
            .map { ($0 - deployed) / second }
    }

    @Test func `too early a look waits for the minutes that it lacks`() {
        // The first minute has one bin too few: 30 s and three bins.
        #expect(Self.again(30, seen: 0) == 150)
        #expect(Self.again(100, seen: 1) == 150)
        // Later in vain: the next look of the schedule, at 5 min 50 s.
        #expect(Self.again(140, seen: 2) == 350)
        // The stored minutes lag behind: what should be there long since is not waited for.
        #expect(Self.again(400, seen: 0) == 950)
        #expect(Self.again(3_700, seen: 62) == nil)
    }

    @Test func `a whole quarter of an hour is asked for in whole minutes`() {
        var request = CheckRequest()
        request.windowSeconds = 900
        // Two minutes of guard, rounded up, and ten more.
        #expect(Self.again(100, seen: 1, asking: request) == 13 * 60 + 30)
    }

    @Test func `where the time before is too short no waiting helps`() {
        let schedule = CheckSchedule(deployedAt: Self.deployed)
        let young = schedule.moreToSee(
            after: Self.deployed + Self.minute,
            seen: Self.deployed,
            since: Self.deployed - 30 * Self.second,
            asking: CheckRequest()
        )
        #expect(young == nil)
    }
}
