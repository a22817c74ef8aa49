import Telemetry

/// Spans whose window is not closed, in the numbers of one generation.
///
/// Bounded: where they take more than their share, whole traces are given up, chosen by their ids, and counted.
struct PendingSpans {
    /// How the spans stood at a moment, to be looked at without a lock.
    struct Snapshot {
        let generation: WatchGeneration
        fileprivate(set) var chunks: [SpanTable]
        fileprivate let keptBelow: UInt64

        /// In one table, sorted by trace.
        var table: SpanTable {
            var table = SpanTable()
            for chunk in chunks { table.append(contentsOf: chunk) }
            table.sortByTrace()
            return table
        }
    }

    private static let everyTrace: UInt64 = 1 << 32

    private(set) var generation: WatchGeneration
    private var chunks: [SpanTable] = []
    private var closed = ClosedTraces()
    /// Traces whose rank is below are kept: halved each time that memory runs out.
    private var keptBelow = everyTrace
    private let byteLimit: Int
    /// Spans whose window was closed when they came, and spans that were given up: since the start.
    private(set) var late = 0
    private(set) var thinned = 0

    init(generation: WatchGeneration, byteLimit: Int) {
        self.generation = generation
        self.byteLimit = byteLimit
    }

    var byteCount: Int { chunks.reduce(0) { $0 + $1.byteCount } }

    var snapshot: Snapshot { Snapshot(generation: generation, chunks: chunks, keptBelow: keptBelow) }

    /// Takes in what came.
    mutating func add(_ draft: WatchIntake.Draft) {
        var spans = draft.spans
        if draft.generation !== generation {
            var translation = SpanTranslation(from: draft.generation.vocabulary, to: generation.vocabulary)
            spans = translation.translate(spans)
        }
        leaveOutLate(&spans)
        if keptBelow < PendingSpans.everyTrace { thinned += PendingSpans.thin(&spans, below: keptBelow) }
        if !spans.isEmpty { chunks.append(spans) }
    }

    /// Gives traces up until the others fit in.
    mutating func makeRoom() {
        while byteCount > byteLimit, keptBelow > 1 {
            keptBelow /= 2
            for index in chunks.indices { thinned += PendingSpans.thin(&chunks[index], below: keptBelow) }
        }
    }

    /// Leaves of a snapshot only what belongs to windows to come; `false`, and nothing is done, where memory ran out meanwhile.
    mutating func take(_ split: WindowSplit, of snapshot: Snapshot, window: UInt64) -> Bool {
        guard keptBelow == snapshot.keptBelow, generation === snapshot.generation else { return false }
        late += split.late
        if !split.traces.isEmpty { closed.add(split.traces, of: window) }
        var newer = Array(chunks.dropFirst(snapshot.chunks.count))
        for index in newer.indices { leaveOutLate(&newer[index]) }
        chunks = ([split.kept] + newer).filter { !$0.isEmpty }
        if byteCount < byteLimit / 4 { keptBelow = PendingSpans.everyTrace }
        return true
    }

    /// Says everything in the numbers of another generation.
    mutating func move(to next: WatchGeneration) {
        var translation = SpanTranslation(from: generation.vocabulary, to: next.vocabulary)
        chunks = chunks.map { translation.translate($0) }
        generation = next
    }

    private mutating func leaveOutLate(_ spans: inout SpanTable) {
        let rows = spans.indices.filter { !closed.contains(low: spans.traceLow[$0]) }
        guard rows.count < spans.count else { return }
        late += spans.count - rows.count
        spans.keep(rows.map { UInt32($0) })
    }

    private static func thin(_ spans: inout SpanTable, below limit: UInt64) -> Int {
        let count = spans.count
        let rows = spans.indices.filter { spans.traceLow[$0] >> 32 < limit }
        if rows.count < count { spans.keep(rows.map { UInt32($0) }) }
        return count - rows.count
    }
}
