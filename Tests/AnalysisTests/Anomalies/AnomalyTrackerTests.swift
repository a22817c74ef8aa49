import Correlation
import Foundation
import Statistics
import Telemetry
import TestSupport
import Testing

@testable import Analysis

@Suite struct AnomalyTrackerTests {
    private static let minute: UInt64 = 60_000_000_000
    private static let key = OperationKey(service: "cart", name: "GET /cart", kind: .server)

    /// A window of one operation with a geometric mean, in milliseconds, that noise moves by about a twentieth.
    private static func window(
        _ number: Int,
        milliseconds: Double,
        spans: Int = 400,
        _ generator: inout SeededGenerator
    ) -> TelemetryWindow {
        var operation = OperationWindow(operation: key)
        let noise = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0...1, using: &generator) }
        let value = milliseconds * exp(0.05 * noise)
        operation.total.record(UInt64(value * 1e6), times: UInt64(spans))
        operation.bins[0] = WindowBin(spans: spans, logDurationSum: Double(spans) * log(value * 1e6))
        return TelemetryWindow(start: UInt64(number) * minute, spans: spans, operations: [operation])
    }

    private static func followed(_ minutes: Int, seed: UInt64 = 1, _ level: (Int) -> Double) -> AnomalyTracker {
        var generator = SeededGenerator(seed: seed)
        var tracker = AnomalyTracker()
        for number in 0..<minutes { tracker.observe(window(number, milliseconds: level(number), &generator)) }
        return tracker
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `hours of mere noise are no anomaly`(seed: UInt64) {
        #expect(Self.followed(400, seed: seed) { _ in 20 }.anomalies.isEmpty)
    }

    @Test func `half as slow again is told within five minutes, and is over when it is over`() throws {
        let tracker = Self.followed(260) { (200..<230).contains($0) ? 30 : 20 }
        let anomaly = try #require(tracker.anomalies.first)
        #expect(tracker.anomalies.count == 1)
        #expect(anomaly.signal == .level)
        #expect((200...205).contains(anomaly.since / Self.minute))
        #expect((230...240).contains(try #require(anomaly.until) / Self.minute))
        #expect(abs(anomaly.usual - 20) < 2)
        #expect(anomaly.worst > 25)
    }

    @Test func `what lasts does not become the usual while it lasts`() throws {
        let tracker = Self.followed(300) { $0 >= 200 ? 40 : 20 }
        let anomaly = try #require(tracker.anomalies.first)
        #expect(anomaly.until == nil)
        #expect(anomaly.severity == .critical)
        #expect(abs(anomaly.usual - 20) < 2)
    }

    @Test func `a single minute that is far out is no anomaly`() {
        #expect(Self.followed(300) { $0 == 200 ? 100 : 20 }.anomalies.isEmpty)
    }

    @Test func `a change that nobody would feel is no anomaly`() {
        #expect(Self.followed(300) { $0 >= 200 ? 22 : 20 }.anomalies.isEmpty)
    }

    @Test func `minutes after a deploy of the service alert nobody`() {
        var generator = SeededGenerator(seed: 3)
        var tracker = AnomalyTracker()
        let deploy = DeployMarker(service: "cart", version: "2", at: 200 * Self.minute, source: .declared)
        for number in 0..<260 {
            let level = (200..<202).contains(number) ? 200.0 : 20
            tracker.observe(Self.window(number, milliseconds: level, &generator), deploys: [deploy])
        }
        #expect(tracker.anomalies.isEmpty)
    }

    @Test func `an hour that is slow every day is usual`() {
        var generator = SeededGenerator(seed: 5)
        var tracker = AnomalyTracker()
        func level(_ number: Int) -> Double { number / 60 % 24 == 9 ? 40 : 20 }
        for number in 0..<5 * 1_440 { tracker.learn(Self.window(number, milliseconds: level(number), &generator)) }
        for number in 5 * 1_440..<5 * 1_440 + 640 {
            tracker.observe(Self.window(number, milliseconds: level(number), &generator))
        }
        #expect(tracker.anomalies.isEmpty)
    }

    @Test func `few spans make no point`() {
        var generator = SeededGenerator(seed: 7)
        var tracker = AnomalyTracker()
        for number in 0..<300 {
            tracker.observe(Self.window(number, milliseconds: number >= 200 ? 90 : 20, spans: 10, &generator))
        }
        #expect(tracker.anomalies.isEmpty)
    }
}
