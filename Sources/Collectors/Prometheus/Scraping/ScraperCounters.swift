import Synchronization

/// What a scraper fetched and failed to fetch since it started.
///
/// Safe to use from any thread.
package final class ScraperCounters: Sendable {
    /// The counters at one moment.
    package struct Snapshot: Sendable, Hashable {
        package var scrapes = 0
        package var points = 0
        /// Scrapes that brought nothing, whatever the reason.
        package var failures = 0
        /// One sentence about the newest failure; `nil` when there was none.
        package var lastFailure: String?

        package init() {}
    }

    private let state = Mutex(Snapshot())

    package init() {}

    package var snapshot: Snapshot { state.withLock { $0 } }

    func countScrape(points: Int) {
        state.withLock { state in
            state.scrapes += 1
            state.points += points
        }
    }

    func countFailure(_ reason: String) {
        state.withLock { state in
            state.scrapes += 1
            state.failures += 1
            state.lastFailure = reason
        }
    }
}
