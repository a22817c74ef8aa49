package import Correlation
import Foundation
import Telemetry

/// Follows every operation from window to window and says when one leaves what is usual for it.
///
/// Pure: fed with closed windows and the deploys it should not mistake. While an operation is anomalous its baseline is
/// frozen, so that a lasting change does not become the usual by lasting; two hours of it do. Hysteresis: an episode
/// begins with three of five strange points and ends with five that are not.
package struct AnomalyTracker: Sendable {
    private struct Follower {
        var series = AnomalySeries()
        var episode: OperationAnomaly?
        var calm = 0
    }

    /// All versions of an operation in one minute.
    private struct Point {
        var logs = 0.0
        var spans = 0

        /// Geometric mean, milliseconds.
        var mean: Double { exp(logs / Double(max(1, spans))) / 1e6 }
    }

    /// Minutes after which what lasts is the new usual.
    private static let longestFreeze: UInt64 = 120
    private static let minute: UInt64 = 60_000_000_000
    private static let endedLimit = 500

    private let rules: AnomalyRules
    private var followers: [OperationKey: Follower] = [:]
    private var ended: [OperationAnomaly] = []

    package init(rules: AnomalyRules = AnomalyRules()) {
        self.rules = rules
    }

    /// Episodes, those that last first, then the newest.
    package var anomalies: [OperationAnomaly] {
        followers.values.compactMap(\.episode).sorted { ($1.since, $0.operation) < ($0.since, $1.operation) }
            + ended.reversed()
    }

    /// Takes the next window; `deploys` are those whose guard time may reach into it.
    package mutating func observe(_ window: TelemetryWindow, deploys: [DeployMarker] = []) {
        let guarded = Set(
            deploys.filter { $0.at < window.start + AnomalyTracker.minute && window.start < $0.at + rules.guardTime }
                .map(\.service)
        )
        let points = AnomalyTracker.points(of: window)
        for (key, point) in points where point.spans >= rules.minimumSpans && !guarded.contains(key.service) {
            var follower = followers[key] ?? Follower()
            observe(point.mean, spans: point.spans, of: key, at: window.start, &follower)
            followers[key] = follower
        }
        guard followers.count > rules.seriesLimit else { return }
        let newest = followers.sorted { ($1.value.series.lastSeen, $0.key) < ($0.value.series.lastSeen, $1.key) }
        followers = Dictionary(uniqueKeysWithValues: newest.prefix(rules.seriesLimit).map { ($0.key, $0.value) })
    }

    /// Learns what is usual from a window without judging it: of the time before a restart.
    package mutating func learn(_ window: TelemetryWindow) {
        let minute = window.start / AnomalyTracker.minute
        for (key, point) in AnomalyTracker.points(of: window) where point.spans >= rules.minimumSpans {
            followers[key, default: Follower()].series.learn(point.mean, minute: minute, rules: rules)
        }
    }

    private static func points(of window: TelemetryWindow) -> [OperationKey: Point] {
        var points: [OperationKey: Point] = [:]
        for operation in window.operations where operation.operation.service != WindowLimits.otherOperation {
            points[operation.operation, default: Point()].logs += operation.bins.reduce(0) { $0 + $1.logDurationSum }
            points[operation.operation, default: Point()].spans += operation.count
        }
        return points
    }

    private mutating func observe(
        _ value: Double,
        spans: Int,
        of key: OperationKey,
        at time: UInt64,
        _ follower: inout Follower
    ) {
        let minute = time / AnomalyTracker.minute
        guard let reading = follower.series.read(value, spans: spans, minute: minute, rules: rules) else {
            follower.series.learn(value, minute: minute, rules: rules)
            return
        }
        let change = abs(value - reading.usual) / max(reading.usual, 1e-9)
        let strange = follower.series.recent.filter { abs($0) >= rules.warningZ }.count
        // The variance of a moving average of unit noise: λ / (2 − λ).
        let limit = rules.averageLimit * (rules.averageWeight / (2 - rules.averageWeight)).squareRoot()
        // Where single points are strange, three of them are asked for.
        let drifts = strange == 0 && abs(reading.average) > limit
        if follower.episode == nil, change >= rules.effect, strange >= 3 || drifts {
            follower.episode = OperationAnomaly(
                operation: key,
                signal: strange >= 3 ? .level : .drift,
                severity: .warning,
                since: time,
                usual: reading.usual,
                worst: value,
                z: reading.z
            )
            follower.calm = 0
        }
        guard var episode = follower.episode else {
            follower.series.learn(value, minute: minute, rules: rules)
            return
        }
        let recent = follower.series.recent
        if recent.count == 5, recent.allSatisfy({ abs($0) >= rules.criticalZ }) { episode.severity = .critical }
        if abs(value - episode.usual) > abs(episode.worst - episode.usual) {
            (episode.worst, episode.z) = (value, reading.z)
        }
        follower.calm = change < rules.effect ? follower.calm + 1 : 0
        follower.episode = episode
        let hasLasted =
            time > episode.since && (time - episode.since) / AnomalyTracker.minute >= AnomalyTracker.longestFreeze
        if follower.calm >= 5 || hasLasted {
            episode.until = time
            ended.append(episode)
            if ended.count > AnomalyTracker.endedLimit { ended.removeFirst() }
            // What has lasted is the usual from now on.
            follower = Follower(series: hasLasted ? AnomalySeries() : follower.series)
            follower.series.learn(value, minute: minute, rules: rules)
        }
    }
}
