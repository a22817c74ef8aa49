import Telemetry

/// Which rows form a trace, and who called each span.
struct SpanForest {
    /// In the order of rows.
    private(set) var traces: [Range<Int>] = []
    /// A row of the same trace, or one of `SpanCaller`.
    private(set) var callers: [Int32]

    static let nobody = SpanCaller.nobody
    static let generator = SpanCaller.generator
    static let missing = SpanCaller.missing

    private struct Entry {
        var id: UInt64
        var row: Int32
    }

    /// Takes spans that are deduplicated and sorted by trace.
    init(_ spans: SpanTable, identity: RequestIdentity) {
        callers = [Int32](repeating: SpanForest.nobody, count: spans.count)
        var entries: [Entry] = []
        var first = 0
        while first < spans.count {
            let (high, low) = (spans.traceHigh[first], spans.traceLow[first])
            var end = first
            entries.removeAll(keepingCapacity: true)
            while end < spans.count, spans.traceLow[end] == low, spans.traceHigh[end] == high {
                entries.append(Entry(id: spans.spanID[end], row: Int32(end)))
                end += 1
            }
            entries.sort { ($0.id, $0.row) < ($1.id, $1.row) }
            let injected = identity.number(of: spans.traceID(of: first)).map { identity.parentOfRoot(of: $0) }
            for row in first..<end {
                callers[row] = SpanForest.caller(of: row, in: spans, entries: entries, injected: injected ?? 0)
            }
            traces.append(first..<end)
            first = end
        }
    }

    private static func caller(of row: Int, in spans: SpanTable, entries: [Entry], injected: UInt64) -> Int32 {
        let id = spans.spanID[row]
        if id == injected { return nobody }
        // Zipkin's shared id: the server half was called by the client half of the same id.
        if spans.kind[row] == .server, let client = find(id, in: entries, spans, where: { $0 == .client }) {
            return client
        }
        let parent = spans.parentID[row]
        if parent == injected { return generator }
        if parent == 0 { return nobody }
        guard parent != id else { return missing }
        // Of a shared id the server half is the one that has children of its own.
        return find(parent, in: entries, spans, where: { $0 == .server })
            ?? find(parent, in: entries, spans, where: { _ in true })
            ?? missing
    }

    private static func find(
        _ id: UInt64,
        in entries: [Entry],
        _ spans: SpanTable,
        where matches: (SpanKind) -> Bool
    ) -> Int32? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].id < id { low = middle + 1 } else { high = middle }
        }
        while low < entries.count, entries[low].id == id {
            if matches(spans.kind[Int(entries[low].row)]) { return entries[low].row }
            low += 1
        }
        return nil
    }
}
