import Synchronization

/// What became of annotations since the process started.
package final class AnnotationCounters: Sendable {
    package struct Snapshot: Sendable, Hashable {
        package var created = 0
        package var known = 0
        package var refused = 0
        /// Attempts; the annotation may have been written since.
        package var failed = 0

        package init() {}
    }

    private let state = Mutex(Snapshot())

    package init() {}

    package var snapshot: Snapshot { state.withLock { $0 } }

    func add(_ progress: AnnotationFeed.Progress) {
        state.withLock { counts in
            counts.created += progress.created
            counts.known += progress.known
            counts.refused += progress.refused
            counts.failed += progress.failed
        }
    }
}
