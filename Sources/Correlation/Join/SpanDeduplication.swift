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

    /// Rows to keep, in the order given.
    private(set) var kept: [UInt32] = []
    private(set) var removed: [Removed] = []

    /// - Parameters:
    ///   - spans: in any order.
    ///   - rows: sorted by trace in a total order, so that the outcome does not depend on the order of arrival.
    init(_ spans: SpanTable, rows: [UInt32]) {
        kept.reserveCapacity(rows.count)
        var ids: [UInt64] = []
        var first = 0
        while first < rows.count {
            let (high, low) = (spans.traceHigh[Int(rows[first])], spans.traceLow[Int(rows[first])])
            var end = first
            ids.removeAll(keepingCapacity: true)
            while end < rows.count, spans.traceLow[Int(rows[end])] == low, spans.traceHigh[Int(rows[end])] == high {
                ids.append(spans.spanID[Int(rows[end])])
                end += 1
            }
            ids.sort()
            if zip(ids, ids.dropFirst()).contains(where: ==) {
                keepOne(of: rows[first..<end], in: spans)
            } else {
                kept += rows[first..<end]
            }
            first = end
        }
    }

    private struct Key: Hashable {
        var id: UInt64
        var kind: SpanKind
    }

    // The longest of several wins: an unfinished export of a span is shorter than its final one.
    private mutating func keepOne(of rows: ArraySlice<UInt32>, in spans: SpanTable) {
        var winners: [Key: UInt32] = [:]
        var previous: [Key: UInt32] = [:]
        for row in rows {
            let key = Key(id: spans.spanID[Int(row)], kind: spans.kind[Int(row)])
            if let last = previous[key] {
                let isCopy = SpanDeduplication.isCopy(Int(row), of: Int(last), in: spans)
                removed.append(Removed(traceID: spans.traceID(of: Int(row)), isCollision: !isCopy))
            }
            previous[key] = row
            guard let winner = winners[key] else {
                winners[key] = row
                continue
            }
            if spans.durationNanoseconds(of: Int(row)) > spans.durationNanoseconds(of: Int(winner)) {
                winners[key] = row
            }
        }
        kept += rows.filter { row in
            winners[Key(id: spans.spanID[Int(row)], kind: spans.kind[Int(row)])] == row
        }
    }

    // Copies stand next to one another in the order of rows.
    private static func isCopy(_ row: Int, of other: Int, in spans: SpanTable) -> Bool {
        spans.startNanoseconds[row] == spans.startNanoseconds[other]
            && spans.endNanoseconds[row] == spans.endNanoseconds[other]
            && spans.parentID[row] == spans.parentID[other]
    }
}
