import Correlation
import Telemetry

/// Follows the error budget of one operation: an episode lasts from the first rule that fires until none has for a while.
struct BudgetFollower {
    private var series = BudgetSeries()
    private(set) var episode: OperationAnomaly?
    private var calm = 0
    private(set) var lastSeen: UInt64 = 0

    init(episode: OperationAnomaly? = nil) {
        self.episode = episode
        lastSeen = episode.map { $0.peakAt / TelemetryWindow.length } ?? 0
    }

    /// Takes a minute without judging it.
    mutating func learn(bad: Int, all: Int, minute: UInt64, rules: AnomalyRules) {
        guard all > 0 else { return }
        lastSeen = minute
        let longest = rules.burnRules.map(\.long).max() ?? 0
        series.add(bad: bad, all: all, minute: minute, kept: longest / TelemetryWindow.length)
    }

    /// Judges the budget after the window that begins at `time`; returns the episode where it began, grew or ended.
    mutating func judge(
        _ key: OperationKey,
        target: Double,
        at time: UInt64,
        rules: AnomalyRules
    ) -> OperationAnomaly? {
        let known = episode
        if let (rule, rate, burn) = burning(target: target, minute: time / TelemetryWindow.length, rules: rules) {
            calm = 0
            episode = updated(key, rule, rate, burn, at: time)
        } else if episode != nil {
            calm += 1
            if calm >= rules.calmPoints { return end(.back, at: time) }
        }
        return episode == known ? nil : episode
    }

    /// Ends the episode, where there is one.
    mutating func end(_ ending: OperationAnomaly.Ending, at time: UInt64) -> OperationAnomaly? {
        defer { (episode, calm) = (nil, 0) }
        episode?.until = time
        episode?.ending = ending
        return episode
    }

    private func updated(
        _ key: OperationKey,
        _ rule: BurnRule,
        _ rate: Double,
        _ burn: BudgetBurn,
        at time: UInt64
    ) -> OperationAnomaly {
        var updated =
            episode
            ?? OperationAnomaly(
                operation: key,
                signal: .burn,
                severity: rule.severity,
                since: time,
                usual: 1,
                peak: rate,
                peakAt: time,
                burn: burn
            )
        if rule.severity == .critical { updated.severity = .critical }
        // Rates over an hour and over three days do not compare: the stricter rule's counts, then the higher rate.
        if (burn.factor, rate) > (updated.burn?.factor ?? 0, updated.peak) {
            (updated.peak, updated.peakAt, updated.burn) = (rate, time, burn)
        }
        return updated
    }

    /// The strictest rule that fires now.
    private func burning(
        target: Double,
        minute: UInt64,
        rules: AnomalyRules
    ) -> (rule: BurnRule, rate: Double, burn: BudgetBurn)? {
        let budget = 1 - target
        for rule in rules.burnRules {
            let (longMinutes, shortMinutes) = (rule.long / TelemetryWindow.length, rule.short / TelemetryWindow.length)
            let long = series.sum(minutes: longMinutes, upTo: minute)
            guard long.bad >= rules.minimumBadRequests, long.share / budget >= rule.factor else { continue }
            let short = series.sum(minutes: shortMinutes, upTo: minute)
            guard short.share / budget >= rule.factor else { continue }
            let burn = BudgetBurn(
                target: target,
                factor: rule.factor,
                longMinutes: Int(longMinutes),
                shortMinutes: Int(shortMinutes),
                badRequests: long.bad,
                requests: long.all
            )
            return (rule, long.share / budget, burn)
        }
        return nil
    }
}
