package import Correlation
import Glibc
import Telemetry

/// Follows every operation from window to window and says when one leaves what is usual for it, or burns its error budget.
///
/// Pure: fed with closed windows and the deploys it should not mistake, it answers with the episodes that a window began,
/// changed or ended. Bounded by `AnomalyRules`.
package struct AnomalyTracker: Sendable {
    /// All versions of an operation in one minute.
    private struct Point {
        var logs = 0.0
        var spans = 0
        var errors = 0

        /// Geometric mean, milliseconds.
        var mean: Double { exp(logs / Double(max(1, spans))) / 1e6 }
    }

    private let rules: AnomalyRules
    private let objectives: ServiceObjectives
    private var durations: [OperationKey: DurationFollower] = [:]
    private var budgets: [OperationKey: BudgetFollower] = [:]

    /// Without objectives no error budget is followed.
    package init(rules: AnomalyRules = AnomalyRules(), objectives: ServiceObjectives = ServiceObjectives()) {
        self.rules = rules
        self.objectives = objectives
    }

    /// Episodes that last, newest beginning first.
    package var lasting: [OperationAnomaly] {
        (durations.values.compactMap(\.episode) + budgets.values.compactMap(\.episode))
            .sorted { ($1.since, $0.id) < ($0.since, $1.id) }
    }

    /// Takes the next window; `deploys` are those whose guard time may reach into it.
    ///
    /// Error budgets know no guard: a request that fails as a version comes up has failed.
    /// - Returns: the episodes that it began, changed or ended.
    package mutating func observe(_ window: TelemetryWindow, deploys: [DeployMarker] = []) -> [OperationAnomaly] {
        let guarded = guarded(window, deploys)
        let points = AnomalyTracker.points(of: window)
        var changed: [OperationAnomaly] = []
        for (key, point) in points {
            learnBudget(point, of: key, at: window.start)
            guard point.spans >= rules.minimumSpans, !guarded.contains(key.service) else { continue }
            let episode = durations[key, default: DurationFollower()]
                .observe(point.mean, spans: point.spans, of: key, at: window.start, rules: rules)
            if let episode { changed.append(episode) }
        }
        for key in budgets.keys {
            guard let objective = objectives.objective(of: key.service) else { continue }
            let episode = budgets[key]?.judge(key, target: objective.target, at: window.start, rules: rules)
            if let episode { changed.append(episode) }
        }
        return changed + endUnseen(at: window.start) + forgetBeyondLimits(at: window.start)
    }

    /// Learns what is usual from a window without judging it: of the time before a restart, after `resume`.
    package mutating func learn(_ window: TelemetryWindow, deploys: [DeployMarker] = []) {
        let guarded = guarded(window, deploys)
        for (key, point) in AnomalyTracker.points(of: window) {
            learnBudget(point, of: key, at: window.start)
            guard point.spans >= rules.minimumSpans, !guarded.contains(key.service) else { continue }
            durations[key, default: DurationFollower()].learn(point.mean, at: window.start, rules: rules)
        }
        _ = forgetBeyondLimits(at: window.start)
    }

    /// Takes up the episodes of the time before a restart: those that last go on, the minutes of the others teach nothing.
    ///
    /// - Returns: those that end at once, because nobody asks for them any more.
    package mutating func resume(_ anomalies: [OperationAnomaly], at time: UInt64) -> [OperationAnomaly] {
        var ended: [OperationAnomaly] = []
        for anomaly in anomalies.sorted(by: { ($0.since, $0.id) < ($1.since, $1.id) }) {
            let key = anomaly.operation
            if anomaly.signal != .burn {
                durations[key, default: DurationFollower()].resume(anomaly)
            } else if anomaly.until == nil {
                budgets[key] = BudgetFollower(episode: anomaly)
                if objectives.objective(of: key.service) == nil {
                    budgets[key]?.end(.unseen, at: time).map { ended.append($0) }
                    budgets[key] = nil
                }
            }
        }
        return ended
    }

    private func guarded(_ window: TelemetryWindow, _ deploys: [DeployMarker]) -> Set<String> {
        let end = window.start + TelemetryWindow.length
        return Set(deploys.filter { $0.at < end && window.start < $0.at + rules.guardTime }.map(\.service))
    }

    private static func points(of window: TelemetryWindow) -> [OperationKey: Point] {
        var points: [OperationKey: Point] = [:]
        for operation in window.operations where operation.operation.service != WindowLimits.otherOperation {
            points[operation.operation, default: Point()].logs += operation.bins.reduce(0) { $0 + $1.logDurationSum }
            points[operation.operation, default: Point()].spans += operation.count
            points[operation.operation, default: Point()].errors += operation.errors
        }
        return points
    }

    private mutating func learnBudget(_ point: Point, of key: OperationKey, at time: UInt64) {
        guard key.kind == .server || key.kind == .consumer, objectives.objective(of: key.service) != nil else { return }
        budgets[key, default: BudgetFollower()].learn(
            bad: point.errors,
            all: point.spans,
            minute: time / TelemetryWindow.length,
            rules: rules
        )
    }

    /// An operation that nobody calls any more is not anomalous for ever.
    private mutating func endUnseen(at time: UInt64) -> [OperationAnomaly] {
        let minute = time / TelemetryWindow.length
        var ended: [OperationAnomaly] = []
        for (key, follower) in durations
        where follower.episode != nil && minute > follower.lastSeen
            && minute - follower.lastSeen > UInt64(rules.longestGap)
        {
            durations[key]?.end(.unseen, at: time).map { ended.append($0) }
        }
        return ended
    }

    private mutating func forgetBeyondLimits(at time: UInt64) -> [OperationAnomaly] {
        var ended: [OperationAnomaly] = []
        if durations.count > rules.seriesLimit {
            let newest = durations.sorted { ($1.value.lastSeen, $0.key) < ($0.value.lastSeen, $1.key) }
            for (key, _) in newest.dropFirst(rules.seriesLimit) {
                durations[key]?.end(.unseen, at: time).map { ended.append($0) }
                durations[key] = nil
            }
        }
        if budgets.count > rules.budgetLimit {
            let newest = budgets.sorted { ($1.value.lastSeen, $0.key) < ($0.value.lastSeen, $1.key) }
            for (key, _) in newest.dropFirst(rules.budgetLimit) {
                budgets[key]?.end(.unseen, at: time).map { ended.append($0) }
                budgets[key] = nil
            }
        }
        return ended
    }
}
