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

/// What `SpanContext.caller` holds where no span called.
package enum SpanCaller {
    /// The span names no parent, or is the generator's own.
    package static let nobody: Int32 = -1
    /// The generator's client span: this is a root.
    package static let generator: Int32 = -2
    /// The span names a parent that did not arrive.
    package static let missing: Int32 = -3
}

/// Facts about a span in its trace that fit in a bit each.
package struct SpanMarks: OptionSet, Sendable, Hashable {
    package var rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// In a trace whose critical path counts.
    package static let walked = SpanMarks(rawValue: 1 << 0)
    /// An error that no error below explains.
    package static let errorOrigin = SpanMarks(rawValue: 1 << 1)
    /// Nobody waits for it.
    package static let detached = SpanMarks(rawValue: 1 << 2)
    /// A client span with a server span of another service below it.
    package static let hasCallee = SpanMarks(rawValue: 1 << 3)
}

/// The rows of one span's children, in order of start.
package struct SpanChildren: Sequence, IteratorProtocol {
    private var head: Int32
    private let siblings: [Int32]

    init(head: Int32, siblings: [Int32]) {
        self.head = head
        self.siblings = siblings
    }

    package mutating func next() -> Int? {
        guard head >= 0 else { return nil }
        defer { head = siblings[Int(head)] }
        return Int(head)
    }
}
