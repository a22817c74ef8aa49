import Correlation
import Foundation
import Statistics
import Telemetry
import TestSupport

@testable import Analysis

/// One operation, minute by minute, with the tracker that follows it.
struct FollowedOperation {
    static let minute = TelemetryWindow.length
    static let key = OperationKey(service: "cart", name: "GET /cart", kind: .server)

    var tracker: AnomalyTracker
    /// Every episode as it stood last.
    private(set) var episodes: [String: OperationAnomaly] = [:]
    private var generator: SeededGenerator

    init(seed: UInt64 = 1, rules: AnomalyRules = AnomalyRules(), objectives: ServiceObjectives = ServiceObjectives()) {
        tracker = AnomalyTracker(rules: rules, objectives: objectives)
        generator = SeededGenerator(seed: seed)
    }

    /// In order of beginning.
    var anomalies: [OperationAnomaly] { episodes.values.sorted { ($0.since, $0.id) < ($1.since, $1.id) } }

    /// A minute with a geometric mean, in milliseconds, that noise moves by about a twentieth.
    mutating func window(_ number: Int, milliseconds: Double, spans: Int = 400, errors: Int = 0) -> TelemetryWindow {
        let noise = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0...1, using: &generator) }
        let value = milliseconds * exp(0.05 * noise)
        var operation = OperationWindow(operation: FollowedOperation.key, errors: errors)
        operation.total.record(UInt64(value * 1e6), times: UInt64(spans))
        operation.bins[0] = WindowBin(spans: spans, errors: errors, logDurationSum: Double(spans) * log(value * 1e6))
        return TelemetryWindow(start: UInt64(number) * Self.minute, spans: spans, operations: [operation])
    }

    mutating func observe(_ window: TelemetryWindow, deploys: [DeployMarker] = []) {
        for episode in tracker.observe(window, deploys: deploys) { episodes[episode.id] = episode }
    }

    mutating func observe(_ minutes: Range<Int>, spans: Int = 400, _ level: (Int) -> Double) {
        for number in minutes { observe(window(number, milliseconds: level(number), spans: spans)) }
    }

    mutating func learn(_ minutes: Range<Int>, _ level: (Int) -> Double) {
        for number in minutes { tracker.learn(window(number, milliseconds: level(number))) }
    }
}
