/// What the join and the walk found out about each span, by row of `CorrelatedRun.spans`.
///
/// Columns like those of `SpanTable`, so that detectors look at traces without walking them again: about 33 bytes a span.
/// Times are zero for spans of traces that were not walked: incomplete ones, and those left out of the profile.
package struct SpanContext: Sendable {
    /// Row of the span that called it, or one of `SpanCaller`.
    package internal(set) var caller: [Int32] = []
    /// Row of its first child in order of start, and of its next sibling; -1 for none.
    package internal(set) var firstChild: [Int32] = []
    package internal(set) var nextSibling: [Int32] = []
    /// Nanoseconds on the critical path in the span itself; for a client span with a server child, on the way to it.
    package internal(set) var critical: [UInt64] = []
    /// Nanoseconds not covered by children that the span waits for.
    package internal(set) var selfTime: [UInt64] = []
    /// Index into the paths of its test's profile; -1 where there is none.
    package internal(set) var path: [Int32] = []
    package internal(set) var marks: [SpanMarks] = []

    package init() {}

    init(callers: [Int32]) {
        caller = callers
        let count = callers.count
        firstChild = [Int32](repeating: -1, count: count)
        nextSibling = [Int32](repeating: -1, count: count)
        critical = [UInt64](repeating: 0, count: count)
        selfTime = [UInt64](repeating: 0, count: count)
        path = [Int32](repeating: -1, count: count)
        marks = [SpanMarks](repeating: [], count: count)
        // Backwards, so that each list is in the order of rows, which is the order of starts.
        for row in callers.indices.reversed() where callers[row] >= 0 {
            nextSibling[row] = firstChild[Int(callers[row])]
            firstChild[Int(callers[row])] = Int32(row)
        }
    }

    /// Whether the run was correlated without it, as test models are.
    package var isEmpty: Bool { caller.isEmpty }

    /// Rows of the spans that a span called, in order of start.
    package func children(of row: Int) -> SpanChildren { SpanChildren(head: firstChild[row], siblings: nextSibling) }

    /// Row of the span that called it, if it is one of ours that arrived.
    package func parent(of row: Int) -> Int? { caller[row] >= 0 ? Int(caller[row]) : nil }
}
