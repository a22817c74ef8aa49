import Correlation
import OTLP
import Telemetry

/// A vocabulary with all that counts in its numbers: replaced as a whole before it is full.
///
/// A vocabulary only grows; a process that stays up for months has to begin a new one from time to time.
final class WatchGeneration: Sendable {
    let vocabulary: Vocabulary
    let decoder: ExportDecoder
    let inbox: TraceStore
    /// Unix nanoseconds.
    let begunAt: UInt64

    init(begunAt: UInt64, inboxBytes: Int, vocabulary: Vocabulary = Vocabulary()) {
        self.vocabulary = vocabulary
        self.begunAt = begunAt
        decoder = ExportDecoder(vocabulary: vocabulary)
        inbox = TraceStore(vocabulary: vocabulary, numbering: nil, byteLimit: inboxBytes)
    }

    /// Spans that found no room between two looks into the inbox.
    var dropped: Int { inbox.arrivals.evicted }
}
