import Synchronization
import Telemetry

/// What a remote-write receiver took and refused since it started.
///
/// Safe to use from any thread.
package final class RemoteWriteCounters: Sendable {
    /// The counters at one moment.
    package struct Snapshot: Sendable, Hashable {
        package var requests = 0
        /// Samples and native histograms handed to the sink and kept by it.
        package var acceptedPoints = 0
        package var exemplars = 0
        /// Points the sink had no room for.
        package var droppedPoints = 0
        /// Series left out because they break a rule.
        package var invalidSeries = 0
        /// Requests of which nothing was taken, by reason.
        package var refused: [RefusalReason: Int] = [:]
        package var decodedBytes = 0

        package init() {}
    }

    private let state = Mutex(Snapshot())

    package init() {}

    package var snapshot: Snapshot { state.withLock { $0 } }

    func count(_ request: RemoteWriteDecoder.Request, dropped: Int, bytes: Int) {
        state.withLock { state in
            state.requests += 1
            state.acceptedPoints += request.points.count { !$0.hasOnlyExemplars } - dropped
            state.exemplars += request.points.reduce(0) { $0 + $1.exemplars.count }
            state.droppedPoints += dropped
            state.invalidSeries += request.invalidSeries
            state.decodedBytes += bytes
        }
    }

    func countRefusal(_ reason: RefusalReason) {
        state.withLock { $0.refused[reason, default: 0] += 1 }
    }
}
