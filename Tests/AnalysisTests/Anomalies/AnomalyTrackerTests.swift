import Correlation
import Telemetry
import TestSupport
import Testing

@testable import Analysis

@Suite struct AnomalyTrackerTests {
    private static let minute = FollowedOperation.minute

    private static func followed(_ minutes: Int, seed: UInt64 = 1, _ level: (Int) -> Double) -> FollowedOperation {
        var followed = FollowedOperation(seed: seed)
        followed.observe(0..<minutes, level)
        return followed
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `hours of mere noise are no anomaly`(seed: UInt64) {
        #expect(Self.followed(400, seed: seed) { _ in 20 }.anomalies.isEmpty)
    }

    @Test func `half as slow again is told within five minutes, and is over when it is over`() throws {
        let followed = Self.followed(260) { (200..<230).contains($0) ? 30 : 20 }
        let anomaly = try #require(followed.anomalies.first)
        #expect(followed.anomalies.count == 1)
        #expect(followed.tracker.lasting.isEmpty)
        #expect(anomaly.signal == .level)
        #expect((200...205).contains(anomaly.since / Self.minute))
        #expect((230...240).contains(try #require(anomaly.until) / Self.minute))
        #expect(anomaly.ending == .back)
        #expect(abs(anomaly.usual - 20) < 2)
        #expect(anomaly.peak > 25)
        #expect((anomaly.since...(anomaly.until ?? 0)).contains(anomaly.peakAt))
    }

    @Test func `what lasts does not become the usual while it lasts`() throws {
        let followed = Self.followed(300) { $0 >= 200 ? 40 : 20 }
        let anomaly = try #require(followed.anomalies.first)
        #expect(followed.tracker.lasting == [anomaly])
        #expect(anomaly.until == nil)
        #expect(anomaly.severity == .critical)
        #expect(abs(anomaly.usual - 20) < 2)
    }

    @Test func `what lasts for two hours is the usual then, and going back from it is an anomaly`() throws {
        let followed = Self.followed(500) { (200..<420).contains($0) ? 40 : 20 }
        #expect(followed.anomalies.map(\.ending) == [.usual, nil])
        #expect(abs(try #require(followed.anomalies.last).usual - 40) < 4)
    }

    @Test func `a slow shift that no single minute shows is told by the average`() throws {
        // Six percent an hour: never four spreads in a minute, a third more in the end.
        let followed = Self.followed(700) { $0 < 400 ? 20 : 20 * (1 + 0.001 * Double($0 - 400)) }
        let anomaly = try #require(followed.anomalies.first)
        #expect(anomaly.signal == .drift)
        #expect(anomaly.usual < 22)
        #expect(Self.followed(400) { _ in 20 }.anomalies.isEmpty)
    }

    @Test func `a single minute that is far out is no anomaly`() {
        #expect(Self.followed(300) { $0 == 200 ? 100 : 20 }.anomalies.isEmpty)
    }

    @Test func `a change that nobody would feel is no anomaly`() {
        #expect(Self.followed(300) { $0 >= 200 ? 22 : 20 }.anomalies.isEmpty)
    }

    @Test func `minutes after a deploy of the service alert nobody and teach nothing`() {
        var followed = FollowedOperation(seed: 3)
        var unguarded = FollowedOperation(seed: 3)
        let deploy = DeployMarker(service: "cart", version: "2", at: 200 * Self.minute, source: .declared)
        var rules = AnomalyRules()
        rules.guardTime = 5 * Self.minute
        followed.tracker = AnomalyTracker(rules: rules)
        for number in 0..<260 {
            let level = (200..<205).contains(number) ? 200.0 : 20
            followed.observe(followed.window(number, milliseconds: level), deploys: [deploy])
            unguarded.observe(unguarded.window(number, milliseconds: level))
        }
        #expect(followed.anomalies.isEmpty)
        #expect(unguarded.anomalies.count == 1)
    }

    @Test func `an hour that is slow every day is usual, of three days before and not of two`() {
        func level(_ number: Int) -> Double { number / 60 % 24 == 9 ? 40 : 20 }
        func anomalies(after days: Int) -> [OperationAnomaly] {
            var followed = FollowedOperation(seed: 5)
            followed.learn(0..<days * 1_440, level)
            followed.observe(days * 1_440..<days * 1_440 + 640, level)
            return followed.anomalies
        }
        #expect(anomalies(after: 3).isEmpty)
        #expect(!anomalies(after: 2).isEmpty)
    }

    @Test func `what was usual more than a week ago says nothing about today`() {
        func level(_ number: Int) -> Double { number < 4 * 1_440 && number / 60 % 24 == 9 ? 40 : 20 }
        var followed = FollowedOperation(seed: 6)
        followed.learn(0..<4 * 1_440, level)
        // The service was away for eight days.
        let today = 12 * 1_440
        followed.observe(today..<today + 640) { (today + 550..<today + 590).contains($0) ? 40 : 20 }
        #expect(followed.anomalies.count == 1)
    }

    @Test func `few spans make no point`() {
        var followed = FollowedOperation(seed: 7)
        followed.observe(0..<300, spans: 10) { $0 >= 200 ? 90 : 20 }
        #expect(followed.anomalies.isEmpty)
    }

    @Test func `an operation that nobody calls any more is not anomalous for ever`() throws {
        var followed = Self.followed(220) { $0 >= 200 ? 40 : 20 }
        #expect(followed.tracker.lasting.count == 1)
        for number in 220..<260 { followed.observe(TelemetryWindow(start: UInt64(number) * Self.minute)) }
        #expect(followed.tracker.lasting.isEmpty)
        #expect(try #require(followed.anomalies.first).ending == .unseen)
    }

    @Test func `operations beyond the limit are forgotten with their episodes`() throws {
        var rules = AnomalyRules()
        rules.seriesLimit = 1
        var followed = FollowedOperation(rules: rules)
        followed.observe(0..<220) { $0 >= 200 ? 40 : 20 }
        var window = followed.window(221, milliseconds: 20)
        window.operations[0].operation.name = "GET /other"
        followed.observe(window)
        #expect(try #require(followed.anomalies.first).ending == .unseen)
        #expect(followed.tracker.lasting.isEmpty)
    }
}
