import Synchronization

/// What became of the connections of a port since the start.
///
/// Safe to use from any thread.
package final class ConnectionCounters: Sendable {
    /// The counters at one moment.
    package struct Snapshot: Sendable, Hashable {
        /// Open now.
        package var open = 0
        /// Closed while idle, because another one came that there was no room for.
        package var closedForRoom = 0
        /// Not taken: there was no room, and no idle one to close.
        package var refused = 0

        package init() {}
    }

    private let state = Mutex(Snapshot())

    package init() {}

    package var snapshot: Snapshot { state.withLock { $0 } }

    func count(_ change: (inout Snapshot) -> Void) { state.withLock { change(&$0) } }
}
