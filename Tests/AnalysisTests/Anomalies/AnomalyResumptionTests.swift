import Correlation
import Telemetry
import TestSupport
import Testing

@testable import Analysis

@Suite struct AnomalyResumptionTests {
    private static func level(_ number: Int) -> Double { (200..<260).contains(number) ? 40 : 20 }

    /// A tracker that was stopped after some minutes, and one that took its place.
    private static func resumed(at stop: Int, until end: Int) -> (before: FollowedOperation, after: FollowedOperation) {
        var before = FollowedOperation(seed: 11)
        before.observe(0..<stop, level)
        var after = FollowedOperation(seed: 11)
        #expect(after.tracker.resume(before.anomalies, at: UInt64(stop) * FollowedOperation.minute).isEmpty)
        after.learn(0..<stop, level)
        after.observe(stop..<end, level)
        return (before, after)
    }

    @Test func `an episode goes on after a restart, under its id and from its beginning`() throws {
        let (before, after) = Self.resumed(at: 220, until: 240)
        #expect(after.tracker.lasting.map(\.id) == before.tracker.lasting.map(\.id))
        #expect(after.tracker.lasting.count == 1)
        #expect(after.anomalies.allSatisfy { $0.since == before.anomalies[0].since })
    }

    @Test func `it ends once, and what it was teaches nothing`() throws {
        let (before, after) = Self.resumed(at: 220, until: 300)
        #expect(after.anomalies.count == 1)
        let ended = try #require(after.anomalies.first)
        #expect(ended.id == before.anomalies[0].id)
        #expect(ended.ending == .back)
        #expect(abs(ended.usual - 20) < 2)
    }

    @Test func `what had become the usual before the restart still is`() throws {
        var before = FollowedOperation(seed: 12)
        before.observe(0..<400) { $0 >= 200 ? 40 : 20 }
        #expect(before.anomalies.map(\.ending) == [.usual])
        var after = FollowedOperation(seed: 12)
        _ = after.tracker.resume(before.anomalies, at: 400 * FollowedOperation.minute)
        after.learn(0..<400) { $0 >= 200 ? 40 : 20 }
        after.observe(400..<460) { _ in 40 }
        #expect(after.anomalies.isEmpty)
    }

    @Test func `a budget that nobody asks for any more ends with the restart`() throws {
        let objectives = ServiceObjectives(standard: 0.999)
        var before = FollowedOperation(objectives: objectives)
        for number in 0..<30 { before.observe(before.window(number, milliseconds: 20, errors: 40)) }
        #expect(before.tracker.lasting.map(\.signal) == [.burn])
        var kept = AnomalyTracker(objectives: objectives)
        #expect(kept.resume(before.anomalies, at: 30).isEmpty)
        #expect(kept.lasting == before.tracker.lasting)
        var other = AnomalyTracker()
        #expect(other.resume(before.anomalies, at: 30).map(\.ending) == [.unseen])
        #expect(other.lasting.isEmpty)
    }
}
