import OTLP

/// The spans that wait for export, and what became of the others.
///
/// Pure bookkeeping: every span that was ever recorded is in exactly one of waiting, in flight, exported and dropped.
struct ExportQueue {
    let limit: Int
    private(set) var waiting: [ExportSpan] = []
    /// Spans of the batch that is being sent.
    private(set) var inFlight = 0
    private(set) var exported = 0
    private(set) var dropped = 0
    private(set) var lastFailure: String?
    private var isClosed = false

    init(limit: Int) {
        self.limit = limit
    }

    /// Takes one span, and returns how many wait now; `nil` if it was dropped.
    mutating func append(_ span: ExportSpan) -> Int? {
        guard !isClosed, waiting.count < limit else {
            dropped += 1
            return nil
        }
        waiting.append(span)
        return waiting.count
    }

    /// The oldest spans, now in flight; empty when there are none.
    mutating func takeBatch(of size: Int) -> [ExportSpan] {
        let batch = Array(waiting.prefix(size))
        waiting.removeFirst(batch.count)
        inFlight = batch.count
        return batch
    }

    /// The batch in flight arrived, apart from `rejected` spans that the receiver would not have.
    mutating func confirm(rejected: Int, reason: String) {
        let lost = min(max(0, rejected), inFlight)
        exported += inFlight - lost
        dropped += lost
        inFlight = 0
        if lost > 0 { lastFailure = reason }
    }

    /// The batch in flight is given up.
    mutating func giveUp(_ reason: String) {
        dropped += inFlight
        inFlight = 0
        lastFailure = reason
    }

    /// Nothing more comes in, and whatever has not arrived yet never will.
    mutating func close(_ reason: String) {
        isClosed = true
        guard inFlight + waiting.count > 0 else { return }
        dropped += inFlight + waiting.count
        inFlight = 0
        waiting = []
        lastFailure = reason
    }
}
