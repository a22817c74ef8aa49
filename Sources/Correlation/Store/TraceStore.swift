import Synchronization
package import Telemetry

/// Keeps the spans of one run in memory, within a byte limit.
///
/// Under pressure it gives up whole traces chosen by hash, never the oldest, and drops what still arrives for them; every
/// dropped span is counted. Spans of other traces go to a small pool of their own and cannot displace ours. Metric points
/// of a batch are not its business. Safe to call from any thread: sharded by trace id, one lock a shard.
package final class TraceStore: TelemetrySink {
    private struct Foreign {
        var spans = SpanTable()
        var count = 0
    }

    package let vocabulary: Vocabulary
    private let numbering: RequestNumbering?
    private let shards: [TraceShard]
    private let foreign = Mutex(Foreign())
    private let notes = TraceNotes()
    private let byteLimit: Int
    private let foreignLimit: Int
    private let now: @Sendable () -> ContinuousClock.Instant

    /// - Parameters:
    ///   - vocabulary: in which the spans' strings are interned.
    ///   - numbering: tells this run's traces from others; `nil` takes every trace as ours.
    ///   - byteLimit: for the columns of all kept spans.
    ///   - shards: rounded up to a power of two, at most 256; each request touches the columns of all.
    ///   - foreignLimit: foreign spans kept as specimens; the others are only counted.
    ///   - now: the clock for `Arrivals.lastArrival`.
    package init(
        vocabulary: Vocabulary,
        numbering: RequestNumbering?,
        byteLimit: Int,
        shards: Int = 4,
        foreignLimit: Int = 1_000,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.vocabulary = vocabulary
        self.numbering = numbering
        self.byteLimit = byteLimit
        self.foreignLimit = foreignLimit
        self.now = now
        var count = 1
        while count < min(shards, 256) { count *= 2 }
        self.shards = (0..<count).map { _ in TraceShard(byteLimit: byteLimit / count) }
    }

    package func append(_ batch: TelemetryBatch) -> BatchRefusal {
        var refusal = BatchRefusal(spans: append(batch.spans))
        refusal.logs = notes.append(batch, numbering: numbering)
        return refusal
    }

    private func append(_ spans: SpanTable) -> Int {
        guard !spans.isEmpty else { return 0 }
        let sorting = ShardSorting(spans, numbering: numbering, shards: shards.count)
        var refused = 0
        let now = now()
        for (index, shard) in shards.enumerated() {
            let rows = sorting.rows(ofShard: index)
            if rows.isEmpty { continue }
            refused += shard.append(rows, of: spans, roots: sorting.roots[index], at: now)
        }
        if !sorting.foreign.isEmpty { keepForeign(sorting.foreign, of: spans) }
        return refused
    }

    /// Totals over all shards.
    ///
    /// Each shard is read at its own moment, so a batch that is just being appended may be counted in part.
    package var arrivals: Arrivals {
        var total = Arrivals()
        for shard in shards {
            let counters = shard.counters()
            total.spans += counters.arrived
            total.roots += counters.roots
            total.evicted += counters.evicted
            if let last = counters.lastArrival { total.lastArrival = max(last, total.lastArrival ?? last) }
        }
        total.foreign = foreign.withLock { $0.count }
        return total
    }

    /// Bytes that the columns of the kept spans hold.
    package var byteCount: Int { shards.reduce(0) { $0 + $1.byteCount } }

    /// A copy of everything kept; appending goes on meanwhile.
    ///
    /// A trace is thinned out in one shard only when that shard is full, so traces are whole as far as they came.
    package func snapshot() -> StoredSpans { gather { $0.snapshot() } }

    /// As `snapshot`, but hands the spans over: nothing is held twice, and what still comes starts anew.
    package func take() -> StoredSpans { gather { $0.take() } }

    /// Whether what is kept takes up more than half of what may be.
    package var isMoreThanHalfFull: Bool { byteCount > byteLimit / 2 }

    private func gather(_ state: (TraceShard) -> TraceShard.State) -> StoredSpans {
        var stored = StoredSpans(spans: SpanTable())
        let sizes = shards.map(\.size)
        // Room for all of it at once: growing, the columns would be held twice for a moment.
        stored.spans.reserve(
            rows: sizes.reduce(0) { $0 + $1.rows },
            attributes: sizes.reduce(0) { $0 + $1.attributes }
        )
        for shard in shards {
            let state = state(shard)
            stored.spans.append(contentsOf: state.spans)
            stored.evicted += state.evicted
        }
        (stored.foreign, stored.foreignSpans) = foreign.withLock { ($0.count, $0.spans) }
        stored.notes = notes.snapshot()
        return stored
    }

    // A foreign span is not refused: it was looked at and is none of ours, so its sender has nothing to mend.
    private func keepForeign(_ rows: [UInt32], of spans: SpanTable) {
        foreign.withLock { foreign in
            foreign.count += rows.count
            let room = max(0, foreignLimit - foreign.spans.count)
            if room > 0 { foreign.spans.append(rows: rows.prefix(room), of: spans) }
        }
    }
}
