import Plans
import Testing

struct RateShapeTests {
    @Test func `a load test ramps for a tenth of its time, then holds`() throws {
        let stages = try stages("type: load, rps: 100, duration: 5m")
        #expect(
            stages == [
                RateShape.Stage(from: 0, to: 100, duration: .seconds(30)),
                RateShape.Stage(from: 100, to: 100, duration: .seconds(270)),
            ]
        )
    }

    @Test func `a load test without ramp is steady`() throws {
        #expect(try stages("type: load, rps: 100, duration: 5m, rampUp: 0s").count == 1)
    }

    @Test func `a soak test is steady`() throws {
        #expect(
            try stages("type: soak, rps: 2.5, duration: 1h")
                == [RateShape.Stage(from: 2.5, to: 2.5, duration: .seconds(3600))]
        )
    }

    @Test func `a spike jumps within a second from the base rate and back`() throws {
        let stages = try stages("type: spike, rps: 500, duration: 1m")
        #expect(stages.map(\.from) == [50, 50, 500, 500, 50])
        #expect(stages.map(\.to) == [50, 500, 500, 50, 50])
        #expect(stages.map(\.duration) == [.seconds(20), .seconds(1), .seconds(20), .seconds(1), .seconds(18)])
    }

    @Test func `a base rate of one's own is taken`() throws {
        #expect(try stages("type: spike, rps: 500, duration: 1m, baseRps: 5").first?.to == 5)
    }

    @Test(arguments: ["load", "spike", "soak"], ["1ms", "333ms", "1s", "7s", "59.9s", "1h1m1s"])
    func `stages last exactly as long as the test`(type: String, duration: String) throws {
        let test = try test("type: \(type), rps: 7, duration: \(duration)")
        #expect(test.rate.stages.map(\.duration).reduce(.zero, +) == test.duration)
        #expect(test.rate.stages.allSatisfy { $0.duration > .zero })
        // One stage begins where the one before ended.
        #expect(zip(test.rate.stages, test.rate.stages.dropFirst()).allSatisfy { $0.to == $1.from })
    }

    private func stages(_ keys: String) throws -> [RateShape.Stage] {
        try test(keys).rate.stages
    }

    private func test(_ keys: String) throws -> TestDefinition {
        let text = "target: { baseUrl: http://h }\ntests: [{ endpoint: /, \(keys) }]"
        return try #require(try TemporaryProject(["test-suite.plan.yaml": text]).load().plan.tests.first)
    }
}
