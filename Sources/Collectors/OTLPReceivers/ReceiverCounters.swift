package import Listeners
import OTLP
import Synchronization

/// What a receiver took, refused and ignored since it started.
///
/// Share one between receivers. Safe to use from any thread.
package final class ReceiverCounters: Sendable {
    /// The counters at one moment.
    package struct Snapshot: Sendable, Hashable {
        /// Export requests that were taken, partial success included.
        package var requests = 0
        /// Spans handed to the sink and kept by it.
        package var acceptedSpans = 0
        /// Spans that were invalid by the rules of OTLP.
        package var rejectedSpans = 0
        /// Valid spans the sink had no room for.
        package var droppedSpans = 0
        /// Requests not taken, by reason.
        package var refused: [RefusalReason: Int] = [:]
        /// Data points handed to the sink and kept by it; a histogram of OTLP is several.
        package var acceptedPoints = 0
        package var rejectedPoints = 0
        package var droppedPoints = 0
        /// Log records handed to the sink and kept by it.
        package var acceptedLogs = 0
        package var rejectedLogs = 0
        package var droppedLogs = 0
        /// Log records of no trace and no error, which are not kept.
        package var unkeptLogs = 0
        /// Times that a changed certificate could not be read; the one before stays in use.
        package var certificateFailures = 0
        /// Body bytes as they came over the wire.
        package var wireBytes = 0
        /// Body bytes after decompression.
        package var decodedBytes = 0

        package init() {}

        package var refusedRequests: Int { refused.values.reduce(0, +) }
    }

    package let httpConnections = ConnectionCounters()
    package let grpcConnections = ConnectionCounters()
    private let state = Mutex(Snapshot())

    package init() {}

    package var snapshot: Snapshot { state.withLock { $0 } }

    func countExport(
        _ signal: Signal,
        accepted: Int,
        rejected: Int,
        dropped: Int,
        unkept: Int = 0,
        decodedBytes: Int
    ) {
        state.withLock { state in
            state.requests += 1
            state.decodedBytes += decodedBytes
            state.unkeptLogs += unkept
            switch signal {
            case .traces:
                state.acceptedSpans += accepted
                state.rejectedSpans += rejected
                state.droppedSpans += dropped
            case .metrics:
                state.acceptedPoints += accepted
                state.rejectedPoints += rejected
                state.droppedPoints += dropped
            case .logs:
                state.acceptedLogs += accepted
                state.rejectedLogs += rejected
                state.droppedLogs += dropped
            }
        }
    }

    func countWireBytes(_ bytes: Int) {
        state.withLock { $0.wireBytes += bytes }
    }

    package func countCertificateFailure() {
        state.withLock { $0.certificateFailures += 1 }
    }

    func countRefusal(_ reason: RefusalReason) {
        state.withLock { $0.refused[reason, default: 0] += 1 }
    }
}
