import Collectors
import Correlation
import Logging
import OTLP
import ServiceLifecycle
import Telemetry

/// Receives telemetry without a run: to see what a service really sends, and to measure the receivers.
///
/// Every trace is kept, within the byte limit, in the store that a run would analyse.
package struct Reception: Sendable {
    /// What came so far.
    package struct Progress: Sendable {
        package var requests = 0
        package var refusedRequests = 0
        package var acceptedSpans = 0
        package var rejectedSpans = 0
        package var droppedSpans = 0
        package var points = 0
        package var logs = 0
        /// Kept now: accepted spans less those given up since.
        package var storedSpans = 0
        package var storedBytes = 0
        package var traces = 0
    }

    /// An operation and how many of the kept spans are its.
    package struct OperationCount: Sendable {
        /// Service, name and kind.
        package var title: String
        package var spans: Int
        package var errors: Int
    }

    private let settings: ReceptionSettings
    private let vocabulary = Vocabulary()
    private let store: TraceStore
    private let series = SeriesStore()
    private let counters = ReceiverCounters()
    private let logger: Logger

    package init(settings: ReceptionSettings) {
        self.settings = settings
        store = TraceStore(vocabulary: vocabulary, numbering: nil, byteLimit: settings.storeBytes)
        logger = Logger(label: "plimsoll.receive") { _ in SwiftLogNoOpLogHandler() }
    }

    /// Receives until it is cancelled; throws `RunFailure` when a port cannot be listened on.
    ///
    /// `onListening` is called with the transport's name and its real port.
    package func run(onListening: @escaping @Sendable (String, Int) -> Void) async throws {
        try OpenFiles.check()
        do {
            let sink = TelemetryStores(traces: store, series: series)
            let receivers = ReceiverSet(
                settings: settings,
                destination: ExportDestination(decoder: ExportDecoder(vocabulary: vocabulary), sink: sink),
                counters: counters,
                logger: logger
            )
            try await ServiceGroup(services: receivers.services(onListening: onListening), logger: logger).run()
        } catch let error as ReceiverError {
            throw RunFailure.notCarriedOut("\(error)")
        }
    }

    package var progress: Progress {
        let received = counters.snapshot
        let arrivals = store.arrivals
        return Progress(
            requests: received.requests,
            refusedRequests: received.refusedRequests,
            acceptedSpans: received.acceptedSpans,
            rejectedSpans: received.rejectedSpans,
            droppedSpans: received.droppedSpans,
            points: received.acceptedPoints,
            logs: received.acceptedLogs + received.unkeptLogs,
            storedSpans: arrivals.spans - arrivals.evicted,
            storedBytes: store.byteCount,
            traces: arrivals.roots
        )
    }

    /// The operations of the kept spans, most frequent first.
    package func operations() -> [OperationCount] {
        Reception.operations(of: store.snapshot().spans, vocabulary: vocabulary)
    }

    static func operations(of spans: SpanTable, vocabulary: Vocabulary) -> [OperationCount] {
        var counts: [OperationID: (spans: Int, errors: Int)] = [:]
        for row in spans.indices {
            counts[spans.operation[row], default: (0, 0)].spans += 1
            if spans.flags[row].contains(.error) { counts[spans.operation[row], default: (0, 0)].errors += 1 }
        }
        return
            counts
            .map { id, count in
                let key = vocabulary.operation(id)
                return OperationCount(
                    title: "\(key.service) · \(key.name) (\(key.kind.name))",
                    spans: count.spans,
                    errors: count.errors
                )
            }
            .sorted { ($1.spans, $0.title) < ($0.spans, $1.title) }
    }
}
