package import Baselines
package import Collectors

/// The always-on part of `plimsoll serve`: receives, closes a window a minute, marks deploys, forgets what is old.
///
/// Safe to use from any task.
package final class Watch: Sendable {
    package let settings: WatchSettings
    package let store: BaselineStore
    package let counters: ReceiverCounters
    package let traces: TraceArchive

    package init(settings: WatchSettings, store: BaselineStore) {
        self.settings = settings
        self.store = store
        counters = ReceiverCounters()
        traces = TraceArchive(store: store)
    }

    /// Runs until it is cancelled; throws `RunFailure` when a port cannot be listened on.
    ///
    /// `onListening` is called with the transport's name and its real port. When it returns, the open window is stored.
    package func run(onListening: @escaping @Sendable (String, Int) -> Void) async throws {
    }

    /// Counts since the start.
    package var progress: WatchProgress { WatchProgress() }
}
