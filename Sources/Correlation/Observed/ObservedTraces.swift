package import Telemetry

/// Traces that somebody else started, each taken for a request: numbered in the order of `SpanTable.rowsByTrace()`.
///
/// The root is the span without a parent. A trace of which the first caller is not instrumented has none; its root is
/// then the earliest span whose parent is missing, with all others that name the same parent.
package struct ObservedTraces: Sendable {
    /// What is known of one trace before it is joined.
    struct Root {
        var row: Int
        /// As the root names it; 0 for none.
        var parent: UInt64
        /// Of the roots under that parent, the latest.
        var end: UInt64
    }

    private var ids: [TraceID] = []
    private(set) var roots: [Root] = []

    /// Takes spans in any order; linear but for the sorting.
    package init(_ spans: SpanTable) {
        let rows = spans.rowsByTrace()
        var ownIDs: Set<UInt64> = []
        var first = 0
        while first < rows.count {
            let trace = spans.traceID(of: Int(rows[first]))
            var end = first
            while end < rows.count, spans.traceID(of: Int(rows[end])) == trace { end += 1 }
            ids.append(trace)
            roots.append(ObservedTraces.root(of: rows[first..<end], in: spans, &ownIDs))
            first = end
        }
    }

    package var count: Int { ids.count }

    func number(of trace: TraceID) -> UInt64? {
        var low = 0
        var high = ids.count
        while low < high {
            let middle = (low + high) / 2
            if (ids[middle].low, ids[middle].high) < (trace.low, trace.high) { low = middle + 1 } else { high = middle }
        }
        return low < ids.count && ids[low] == trace ? UInt64(low) : nil
    }

    func traceID(of number: UInt64) -> TraceID { ids[Int(number)] }

    func parentOfRoot(of number: UInt64) -> UInt64 { roots[Int(number)].parent }

    // Rows are in order of start, so the first that qualifies is the earliest.
    private static func root(of rows: ArraySlice<UInt32>, in spans: SpanTable, _ ownIDs: inout Set<UInt64>) -> Root {
        var root = rows.first { spans.parentID[Int($0)] == 0 }
        if root == nil {
            ownIDs.removeAll(keepingCapacity: true)
            for row in rows { ownIDs.insert(spans.spanID[Int(row)]) }
            root = rows.first { !ownIDs.contains(spans.parentID[Int($0)]) }
        }
        // Spans that call one another in a circle have no root; the first stands for the request.
        let row = Int(root ?? rows[rows.startIndex])
        let parent = spans.parentID[row]
        let end = rows.lazy.filter { spans.parentID[Int($0)] == parent }.map { spans.endNanoseconds[Int($0)] }.max()
        return Root(row: row, parent: parent, end: end ?? spans.endNanoseconds[row])
    }
}

extension ObservedTraces {
    /// When each trace began, Unix nanoseconds, in the order of their numbers.
    package func starts(in spans: SpanTable) -> [UInt64] { roots.map { spans.startNanoseconds[$0.row] } }

    /// The number of a trace, from 0; `nil` for one that is not here.
    package func index(of trace: TraceID) -> Int? { number(of: trace).map { Int($0) } }
}
