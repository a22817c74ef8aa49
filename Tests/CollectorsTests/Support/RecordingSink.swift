import Synchronization
import Telemetry

/// Keeps the first `capacity` spans and refuses the rest, like a full trace store.
final class RecordingSink: TelemetrySink {
    private let capacity: Int
    private let kept = Mutex(SpanTable())

    init(capacity: Int = .max) {
        self.capacity = capacity
    }

    var spans: SpanTable { kept.withLock { $0 } }

    func append(_ batch: TelemetryBatch) -> Int {
        kept.withLock { kept in
            let room = min(batch.spans.count, capacity - kept.count)
            for row in 0..<room { kept.append(row: row, of: batch.spans) }
            return batch.spans.count - room
        }
    }
}
