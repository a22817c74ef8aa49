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

    /// Up to here a trace is searched from its beginning: quicker than to sort it by id first.
    private static let fewSpans = 16

    /// Takes spans that are deduplicated and sorted by trace.
    init(_ spans: SpanTable, identity: RequestIdentity) {
        callers = [Int32](repeating: SpanForest.nobody, count: spans.count)
        var entries: [Entry] = []
        var first = 0
        while first < spans.count {
            let rows = first..<spans.endOfTrace(at: first)
            entries.removeAll(keepingCapacity: true)
            if rows.count > SpanForest.fewSpans {
                for row in rows { entries.append(Entry(id: spans.spanID[row], row: Int32(row))) }
                entries.sort { $0.id != $1.id ? $0.id < $1.id : $0.row < $1.row }
            }
            let injected = identity.number(of: spans.traceID(of: first)).map { identity.parentOfRoot(of: $0) } ?? 0
            for row in rows {
                callers[row] = SpanForest.caller(of: row, in: rows, of: spans, entries: entries, injected: injected)
            }
            traces.append(rows)
            first = rows.upperBound
        }
    }

    private static func caller(
        of row: Int,
        in rows: Range<Int>,
        of spans: SpanTable,
        entries: [Entry],
        injected: UInt64
    ) -> Int32 {
        let id = spans.spanID[row]
        if id == injected { return nobody }
        // Zipkin's shared id: the server half was called by the client half of the same id.
        if spans.kind[row] == .server, let client = find(id, in: rows, of: spans, entries, kind: .client) {
            return client
        }
        let parent = spans.parentID[row]
        if parent == injected { return generator }
        if parent == 0 { return nobody }
        guard parent != id else { return missing }
        // Of a shared id the server half is the one that has children of its own.
        return find(parent, in: rows, of: spans, entries, kind: .server)
            ?? find(parent, in: rows, of: spans, entries, kind: nil)
            ?? missing
    }

    /// The first row with an id, and with a kind if one is asked for.
    private static func find(
        _ id: UInt64,
        in rows: Range<Int>,
        of spans: SpanTable,
        _ entries: [Entry],
        kind: SpanKind?
    ) -> Int32? {
        if entries.isEmpty {
            for row in rows where spans.spanID[row] == id && (kind == nil || spans.kind[row] == kind) {
                return Int32(row)
            }
            return nil
        }
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].id < id { low = middle + 1 } else { high = middle }
        }
        while low < entries.count, entries[low].id == id {
            if kind == nil || spans.kind[Int(entries[low].row)] == kind { return entries[low].row }
            low += 1
        }
        return nil
    }
}
