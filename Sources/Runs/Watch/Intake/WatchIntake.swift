import Collectors
import Correlation
import OTLP
import Synchronization
import Telemetry

/// Where the receivers put what they decode, and where the watch takes it from.
///
/// Safe to use from any thread; `drain` and `replace` are called by one task at a time.
final class WatchIntake: Sendable {
    /// The spans of one generation, in its numbers.
    struct Draft {
        var generation: WatchGeneration
        var spans: SpanTable
    }

    private struct State {
        var current: WatchGeneration
        /// The one before, to which requests may still bring what they decoded with it.
        var previous: WatchGeneration?
        /// Of generations that are gone.
        var dropped = 0
    }

    private let state: Mutex<State>

    init(_ first: WatchGeneration) {
        state = Mutex(State(current: first))
    }

    var current: WatchGeneration { state.withLock { $0.current } }

    /// What receivers ask for, once a request.
    var destination: ExportDestination {
        ExportDestination { [self] in
            let generation = current
            return (generation.decoder, SpanSink(inbox: generation.inbox))
        }
    }

    /// What came since the last call, the current generation's last.
    func drain() -> [Draft] {
        let (previous, current) = state.withLock { ($0.previous, $0.current) }
        return [previous, current].compactMap { generation in
            guard let generation else { return nil }
            let spans = generation.inbox.take().spans
            return spans.isEmpty ? nil : Draft(generation: generation, spans: spans)
        }
    }

    /// Lets the next requests use another generation; the last but one is gone.
    func replace(with next: WatchGeneration) {
        state.withLock { state in
            state.dropped += state.previous?.dropped ?? 0
            state.previous = state.current
            state.current = next
        }
    }

    /// Spans that found no room in an inbox.
    var dropped: Int {
        let (gone, previous, current) = state.withLock { ($0.dropped, $0.previous, $0.current) }
        return gone + (previous?.dropped ?? 0) + current.dropped
    }
}

/// Takes the spans of a batch alone: of metrics and logs the service keeps nothing, which is no fault of their sender.
private struct SpanSink: TelemetrySink {
    let inbox: any TelemetrySink

    func append(_ batch: TelemetryBatch) -> BatchRefusal {
        guard !batch.spans.isEmpty else { return BatchRefusal() }
        var spans = TelemetryBatch()
        spans.spans = batch.spans
        return inbox.append(spans)
    }
}
