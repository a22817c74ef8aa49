import Analysis
import Baselines
import Correlation
import Synchronization

/// Judges each window once, as it is stored, and keeps what the store has not been told yet.
///
/// Safe to use from any thread; `judge` and `restore` by one task at a time.
final class AnomalyLedger: Sendable {
    private struct State {
        var tracker: AnomalyTracker
        /// By id: how those stand that changed since the last transaction.
        var unsaved: [String: OperationAnomaly] = [:]
        var counts = AnomalyCounts()
        /// Severities that were counted, of those that last.
        var counted: [String: OperationAnomaly.Severity] = [:]
        /// Start of the last window that was judged, which a store that refuses brings again.
        var judged: UInt64?
        var unreadable = 0
    }

    private let state: Mutex<State>

    /// Windows before the newest one from which it is learnt what is usual: as far as seasonality looks back.
    private static let learnt = 7 * 86_400_000_000_000 as UInt64

    init(objectives: ServiceObjectives, rules: AnomalyRules = AnomalyRules()) {
        state = Mutex(State(tracker: AnomalyTracker(rules: rules, objectives: objectives)))
    }

    /// Learns from what is stored what is usual, and takes up what lasted at the end of the last process.
    func restore(from store: BaselineStore, now: UInt64) async throws(BaselineStoreError) {
        guard let newest = try await store.newestWindow(at: now) else { return }
        let range = newest - min(newest, AnomalyLedger.learnt)..<newest + 1
        let anomalies = try await store.anomalies(in: range, limit: BaselineStore.anomalyLimit)
        let deploys = try await store.deploys(in: range, limit: 10_000)
        var tracker = state.withLock { $0.tracker }
        let ended = tracker.resume(anomalies, at: newest)
        var unreadable = 0
        try await store.forEachWindow(in: range, onDamage: { _ in unreadable += 1 }) { window in
            tracker.learn(window, deploys: deploys.near(window.start))
        }
        state.withLock { [tracker, unreadable] state in
            state.tracker = tracker
            state.unreadable = unreadable
            for anomaly in ended { state.unsaved[anomaly.id] = anomaly }
            // Of the last process, which has counted them.
            for anomaly in tracker.lasting { state.counted[anomaly.id] = anomaly.severity }
        }
    }

    /// Judges a window, unless it is the one that was judged last.
    func judge(_ window: TelemetryWindow, deploys: [DeployMarker]) {
        state.withLock { state in
            guard state.judged != window.start else { return }
            state.judged = window.start
            for anomaly in state.tracker.observe(window, deploys: deploys) {
                state.unsaved[anomaly.id] = anomaly
                if state.counted[anomaly.id] != anomaly.severity {
                    state.counts.begun[state.counts.key(of: anomaly), default: 0] += 1
                }
                state.counted[anomaly.id] = anomaly.until == nil ? anomaly.severity : nil
            }
        }
    }

    /// What the next transaction has to store.
    var unsaved: [OperationAnomaly] { state.withLock { $0.unsaved.values.sorted { $0.id < $1.id } } }

    /// Learns that the store has them.
    func forget(saved anomalies: [OperationAnomaly]) {
        state.withLock { state in
            for anomaly in anomalies where state.unsaved[anomaly.id] == anomaly { state.unsaved[anomaly.id] = nil }
        }
    }

    /// Windows from which nothing could be learnt.
    var unreadableWindows: Int { state.withLock { $0.unreadable } }

    var counts: AnomalyCounts {
        state.withLock { state in
            var counts = state.counts
            for anomaly in state.tracker.lasting { counts.lasting[counts.key(of: anomaly), default: 0] += 1 }
            state.counts = counts
            state.counts.lasting = [:]
            return counts
        }
    }
}

extension [DeployMarker] {
    /// Those that may still be felt in a window.
    fileprivate func near(_ window: UInt64) -> [DeployMarker] {
        filter { $0.at < window + TelemetryWindow.length && window < $0.at + 10 * TelemetryWindow.length }
    }
}
