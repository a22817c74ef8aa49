import Telemetry

/// Finds spans that came more than once.
///
/// Two spans are one when trace, span id and kind agree: a client and a server span that share an id (Zipkin) stay two.
struct SpanDeduplication {
    struct Removed {
        var traceID: TraceID
        /// Another span under the same id, not just a copy: a sender is broken.
        var isCollision: Bool
    }

    /// Rows to keep, ascending; `nil` for all, which is the usual.
    private(set) var kept: [UInt32]?
    private(set) var removed: [Removed] = []

    /// Takes spans sorted by trace: a total order, so that the outcome does not depend on the order of arrival.
    init(_ spans: SpanTable) {
        var ids: [UInt64] = []
        var first = 0
        while first < spans.count {
            let end = spans.endOfTrace(at: first)
            if SpanDeduplication.repeatsID(first..<end, of: spans, &ids) {
                if kept == nil { kept = (0..<UInt32(first)).map { $0 } }
                keepOne(of: first..<end, in: spans)
            } else {
                kept?.append(contentsOf: UInt32(first)..<UInt32(end))
            }
            first = end
        }
        // A client and a server span may share an id; then nothing was removed after all.
        if removed.isEmpty { kept = nil }
    }

    /// Up to here every span is held against every other: quicker than to sort.
    private static let fewSpans = 16

    private static func repeatsID(_ rows: Range<Int>, of spans: SpanTable, _ ids: inout [UInt64]) -> Bool {
        if rows.count <= fewSpans {
            var repeats = false
            for row in rows {
                let id = spans.spanID[row]
                for other in rows.lowerBound..<row where spans.spanID[other] == id { repeats = true }
            }
            return repeats
        }
        ids.removeAll(keepingCapacity: true)
        ids.append(contentsOf: spans.spanID[rows])
        ids.sort()
        for place in 1..<ids.count where ids[place] == ids[place - 1] { return true }
        return false
    }

    private struct Key: Hashable {
        var id: UInt64
        var kind: SpanKind
    }

    // The longest of several wins: an unfinished export of a span is shorter than its final one.
    private mutating func keepOne(of rows: Range<Int>, in spans: SpanTable) {
        var winners: [Key: Int] = [:]
        var previous: [Key: Int] = [:]
        for row in rows {
            let key = Key(id: spans.spanID[row], kind: spans.kind[row])
            if let last = previous[key] {
                let isCopy = SpanDeduplication.isCopy(row, of: last, in: spans)
                removed.append(Removed(traceID: spans.traceID(of: row), isCollision: !isCopy))
            }
            previous[key] = row
            guard let winner = winners[key] else {
                winners[key] = row
                continue
            }
            if spans.durationNanoseconds(of: row) > spans.durationNanoseconds(of: winner) {
                winners[key] = row
            }
        }
        let remaining = rows.filter { winners[Key(id: spans.spanID[$0], kind: spans.kind[$0])] == $0 }
        kept?.append(contentsOf: remaining.map { UInt32($0) })
    }

    // Copies stand next to one another in the order of rows.
    private static func isCopy(_ row: Int, of other: Int, in spans: SpanTable) -> Bool {
        spans.startNanoseconds[row] == spans.startNanoseconds[other]
            && spans.endNanoseconds[row] == spans.endNanoseconds[other]
            && spans.parentID[row] == spans.parentID[other]
    }
}
