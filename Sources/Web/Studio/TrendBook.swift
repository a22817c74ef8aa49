import Analysis
import Synchronization

/// What was found in histories already: telling steps from noise takes milliseconds a test, and few tests have a new run.
///
/// Bounded; safe from any thread.
final class TrendBook: Sendable {
    private static let most = 500

    private let known = Mutex<[RunHistory: HistoryTrend]>([:])

    func trend(of history: RunHistory) -> HistoryTrend {
        if let trend = known.withLock({ $0[history] }) { return trend }
        let trend = HistoryTrend(history)
        known.withLock { known in
            if known.count >= TrendBook.most { known.removeAll() }
            known[history] = trend
        }
        return trend
    }
}
