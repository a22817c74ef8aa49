import Synchronization

/// What a receiver took, refused and ignored since it started.
///
/// Share one between receivers. Safe to use from any thread.
package final class ReceiverCounters: Sendable {
    /// The counters at one moment.
    package struct Snapshot: Sendable, Hashable {
        /// Export requests answered with 200, partial success included.
        package var requests = 0
        /// Spans handed to the sink and kept by it.
        package var acceptedSpans = 0
        /// Spans that were invalid by the rules of OTLP.
        package var rejectedSpans = 0
        /// Valid spans the sink had no room for.
        package var droppedSpans = 0
        /// Requests not taken, by reason.
        package var refused: [RefusalReason: Int] = [:]
        /// Metric and log exports, which are answered with success and thrown away.
        package var ignoredRequests = 0
        /// Body bytes as they came over the wire.
        package var wireBytes = 0
        /// Body bytes after decompression.
        package var decodedBytes = 0

        package init() {}

        package var refusedRequests: Int { refused.values.reduce(0, +) }
    }

    private let state = Mutex(Snapshot())

    package init() {}

    package var snapshot: Snapshot { state.withLock { $0 } }

    func countExport(accepted: Int, rejected: Int, dropped: Int, decodedBytes: Int) {
        state.withLock { state in
            state.requests += 1
            state.acceptedSpans += accepted
            state.rejectedSpans += rejected
            state.droppedSpans += dropped
            state.decodedBytes += decodedBytes
        }
    }

    func countWireBytes(_ bytes: Int) {
        state.withLock { $0.wireBytes += bytes }
    }

    func countIgnored() {
        state.withLock { $0.ignoredRequests += 1 }
    }

    func countRefusal(_ reason: RefusalReason) {
        state.withLock { $0.refused[reason, default: 0] += 1 }
    }
}
