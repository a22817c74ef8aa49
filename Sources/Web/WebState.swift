package import Baselines
package import Runs

/// What routes answer from.
///
/// Values and thread-safe objects only; shared by all requests.
package struct WebState: Sendable {
    package var store: BaselineStore
    package var watch: Watch
    /// Unix nanoseconds.
    package var now: @Sendable () -> UInt64

    package init(store: BaselineStore, watch: Watch, now: @escaping @Sendable () -> UInt64) {
        self.store = store
        self.watch = watch
        self.now = now
    }
}
