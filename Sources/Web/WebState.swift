package import Baselines
package import Listeners
package import Runs

/// What routes answer from.
///
/// Values and thread-safe objects only; shared by all requests.
package struct WebState: Sendable {
    package var store: BaselineStore
    package var watch: Watch
    /// Runs that are asked for over HTTP; `nil` where the service runs none.
    package var queue: RunQueue?
    /// The service's own looks at deploys; `nil` where it makes none.
    package var checks: CheckWatch?
    /// What became of annotations in Grafana; `nil` where none are written.
    package var annotations: AnnotationCounters?
    /// Of the web port.
    package let connections = ConnectionCounters()
    /// Times that a changed certificate of the web port could not be read.
    let certificateFailures = FailureCount()
    /// Unix nanoseconds.
    package var now: @Sendable () -> UInt64

    package init(
        store: BaselineStore,
        watch: Watch,
        queue: RunQueue? = nil,
        checks: CheckWatch? = nil,
        now: @escaping @Sendable () -> UInt64
    ) {
        self.store = store
        self.watch = watch
        self.queue = queue
        self.checks = checks
        self.now = now
    }
}
