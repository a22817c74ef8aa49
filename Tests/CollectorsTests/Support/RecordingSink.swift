import Synchronization
import Telemetry

/// Keeps the first `capacity` spans and refuses the rest, like a full trace store.
final class RecordingSink: TelemetrySink {
    private let capacity: Int
    private let kept = Mutex(SpanTable())
    private let rest = Mutex(TelemetryBatch())

    init(capacity: Int = .max) {
        self.capacity = capacity
    }

    var spans: SpanTable { kept.withLock { $0 } }

    /// Everything but spans, of all batches.
    var others: TelemetryBatch { rest.withLock { $0 } }

    func append(_ batch: TelemetryBatch) -> BatchRefusal {
        rest.withLock { rest in
            rest.points += batch.points
            rest.logs += batch.logs
            rest.events += batch.events
            rest.links += batch.links
        }
        return kept.withLock { kept in
            let room = min(batch.spans.count, capacity - kept.count)
            for row in 0..<room { kept.append(row: row, of: batch.spans) }
            return BatchRefusal(spans: batch.spans.count - room)
        }
    }
}
