package import Telemetry

/// Traces that somebody else started, each taken for a request: numbered in the order of `SpanTable.sortByTrace()`.
///
/// The root is the span without a parent. A trace of which the first caller is not instrumented has none; its root is
/// then the earliest span whose parent is missing, with all others that name the same parent.
package struct ObservedTraces: Sendable {
    /// What is known of one trace before it is joined.
    struct Root {
        /// As the root names it; 0 for none.
        var parent: UInt64
        var start: UInt64
        /// Of the roots under that parent, the latest.
        var end: UInt64
        var operation: OperationID
        var isError: Bool
    }

    private var ids: [TraceID] = []
    private(set) var roots: [Root] = []

    /// Takes spans in any order; linear but for the sorting, which spans that are sorted by trace are spared.
    package init(_ spans: SpanTable) {
        var spans = spans
        spans.sortByTrace()
        var ownIDs: Set<UInt64> = []
        var first = 0
        while first < spans.count {
            let end = spans.endOfTrace(at: first)
            ids.append(spans.traceID(of: first))
            roots.append(ObservedTraces.root(of: first..<end, in: spans, &ownIDs))
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
    private static func root(of rows: Range<Int>, in spans: SpanTable, _ ownIDs: inout Set<UInt64>) -> Root {
        var root = rows.lowerBound
        while root < rows.upperBound, spans.parentID[root] != 0 { root += 1 }
        if root == rows.upperBound {
            ownIDs.removeAll(keepingCapacity: true)
            for row in rows { ownIDs.insert(spans.spanID[row]) }
            // Spans that call one another in a circle have no root; the first stands for the request.
            root = rows.first { !ownIDs.contains(spans.parentID[$0]) } ?? rows.lowerBound
        }
        let parent = spans.parentID[root]
        var end = spans.endNanoseconds[root]
        for row in rows where spans.parentID[row] == parent { end = max(end, spans.endNanoseconds[row]) }
        return Root(
            parent: parent,
            start: spans.startNanoseconds[root],
            end: end,
            operation: spans.operation[root],
            isError: spans.isError(root)
        )
    }
}

extension ObservedTraces {
    /// When each trace began, Unix nanoseconds, in the order of their numbers.
    package var starts: [UInt64] { roots.map(\.start) }

    /// The number of a trace, from 0; `nil` for one that is not here.
    package func index(of trace: TraceID) -> Int? { number(of: trace).map { Int($0) } }
}

extension SpanTable {
    /// Where the trace that begins at a row ends; rows are sorted by trace.
    func endOfTrace(at first: Int) -> Int {
        let (high, low) = (traceHigh[first], traceLow[first])
        var end = first + 1
        while end < count, traceLow[end] == low, traceHigh[end] == high { end += 1 }
        return end
    }
}
