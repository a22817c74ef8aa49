import Correlation
import Telemetry

/// Follows the durations of one operation from minute to minute.
///
/// Hysteresis: an episode begins with some of the recent points strange and ends with as many in a row that are not. While
/// it lasts nothing is learnt, so that a lasting change does not become the usual by lasting; two hours of it do.
struct DurationFollower {
    private var series = AnomalySeries()
    private(set) var episode: OperationAnomaly?
    private var calm = 0
    /// Episodes of the time that is still to be learnt, oldest first.
    private var past: [OperationAnomaly] = []

    /// Number of the minute of the last point.
    var lastSeen: UInt64 {
        series.lastSeen > 0 ? series.lastSeen : episode.map { $0.peakAt / TelemetryWindow.length } ?? 0
    }

    /// Remembers an episode of the time before a restart, so that its minutes teach nothing; oldest first.
    mutating func resume(_ anomaly: OperationAnomaly) {
        if anomaly.until == nil { episode = anomaly } else { past.append(anomaly) }
    }

    /// Learns from a minute without judging it.
    mutating func learn(_ value: Double, at time: UInt64, rules: AnomalyRules) {
        while let first = past.first, let until = first.until, until <= time {
            if first.ending == .usual { series = AnomalySeries() }
            past.removeFirst()
        }
        guard past.first.map({ $0.since > time }) ?? true, episode.map({ $0.since > time }) ?? true else { return }
        series.learn(value, minute: time / TelemetryWindow.length, rules: rules)
    }

    /// Judges a minute and learns from it; returns the episode where it began, grew or ended.
    mutating func observe(
        _ value: Double,
        spans: Int,
        of key: OperationKey,
        at time: UInt64,
        rules: AnomalyRules
    ) -> OperationAnomaly? {
        let minute = time / TelemetryWindow.length
        guard let reading = series.read(value, spans: spans, minute: minute, rules: rules) else {
            // An episode of the time before a restart lasts until enough is known again.
            if episode == nil { series.learn(value, minute: minute, rules: rules) }
            return episode == nil ? nil : becomeUsual(value, at: time, rules: rules)
        }
        let known = episode
        if episode == nil {
            episode = beginning(reading, value, of: key, at: time, rules: rules)
            calm = 0
        }
        guard var current = episode else {
            series.learn(value, minute: minute, rules: rules)
            return nil
        }
        let recent = series.recent
        if recent.count == rules.recentPoints, recent.allSatisfy({ abs($0) >= rules.criticalZ }) {
            current.severity = .critical
        }
        if abs(value - current.usual) > abs(current.peak - current.usual) {
            (current.peak, current.peakAt, current.z) = (value, time, reading.z)
        }
        episode = current
        calm = change(value, reading) < rules.effect ? calm + 1 : 0
        if calm >= rules.calmPoints {
            let ended = end(.back, at: time)
            series.learn(value, minute: minute, rules: rules)
            return ended
        }
        return becomeUsual(value, at: time, rules: rules) ?? (current == known ? nil : current)
    }

    /// Ends the episode, where there is one.
    mutating func end(_ ending: OperationAnomaly.Ending, at time: UInt64) -> OperationAnomaly? {
        defer { (episode, calm) = (nil, 0) }
        episode?.until = time
        episode?.ending = ending
        return episode
    }

    private func beginning(
        _ reading: AnomalySeries.Reading,
        _ value: Double,
        of key: OperationKey,
        at time: UInt64,
        rules: AnomalyRules
    ) -> OperationAnomaly? {
        let strange = series.recent.count { abs($0) >= rules.warningZ }
        // The variance of a moving average of unit noise: λ / (2 − λ).
        let limit = rules.averageLimit * (rules.averageWeight / (2 - rules.averageWeight)).squareRoot()
        // Where single points are strange, so many of them are asked for.
        let drifts = strange == 0 && abs(reading.average) > limit
        guard change(value, reading) >= rules.effect, strange >= rules.warningPoints || drifts else { return nil }
        return OperationAnomaly(
            operation: key,
            signal: drifts ? .drift : .level,
            severity: .warning,
            since: time,
            usual: reading.usual,
            peak: value,
            peakAt: time,
            z: reading.z
        )
    }

    /// What has lasted is the usual from now on.
    private mutating func becomeUsual(_ value: Double, at time: UInt64, rules: AnomalyRules) -> OperationAnomaly? {
        guard let since = episode?.since, time > since,
            (time - since) / TelemetryWindow.length >= UInt64(rules.longestFreeze)
        else { return nil }
        let ended = end(.usual, at: time)
        series = AnomalySeries()
        series.learn(value, minute: time / TelemetryWindow.length, rules: rules)
        return ended
    }

    private func change(_ value: Double, _ reading: AnomalySeries.Reading) -> Double {
        abs(value - reading.usual) / max(reading.usual, 1e-9)
    }
}
