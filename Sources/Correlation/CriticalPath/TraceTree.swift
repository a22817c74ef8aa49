import Telemetry

/// One trace as a tree: node 0 is the request as the client saw it, the others are the trace's spans in order of rows.
///
/// Made to be built again and again in the same buffers.
struct TraceTree {
    private(set) var starts: [UInt64] = []
    private(set) var ends: [UInt64] = []
    /// -1 for the request and for spans that hang on nothing.
    private(set) var parents: [Int32] = []
    /// Nodes that hang on the request, parents before children.
    private(set) var reachable: [Int32] = []
    private(set) var firstRow = 0
    private var childEnds: [Int32] = []
    private var childNodes: [Int32] = []

    init() {}

    var count: Int { starts.count }

    func row(of node: Int) -> Int { firstRow + node - 1 }

    func duration(of node: Int) -> UInt64 { ends[node] - starts[node] }

    /// Positions for `child(at:)`; in order of start, longest first, span id.
    func children(of node: Int) -> Range<Int> {
        Int(node == 0 ? 0 : childEnds[node - 1])..<Int(childEnds[node])
    }

    func child(at position: Int) -> Int { Int(childNodes[position]) }

    /// Replaces the tree by another trace's: `request` is Unix nanoseconds from sending to the last byte.
    mutating func build(request: Range<UInt64>, rows: Range<Int>, spans: SpanTable, callers: [Int32]) {
        firstRow = rows.lowerBound
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        parents.removeAll(keepingCapacity: true)
        starts.append(request.lowerBound)
        ends.append(request.upperBound)
        parents.append(-1)
        starts += spans.startNanoseconds[rows]
        ends += spans.endNanoseconds[rows]
        for row in rows {
            let caller = callers[row]
            switch caller {
            case SpanForest.generator: parents.append(0)
            case SpanForest.nobody, SpanForest.missing: parents.append(-1)
            default: parents.append(caller - Int32(firstRow) + 1)
            }
        }
        linkChildren()
        reach()
    }

    // Counting sort by parent; it keeps the order of rows among siblings.
    private mutating func linkChildren() {
        childEnds.removeAll(keepingCapacity: true)
        childEnds.append(contentsOf: repeatElement(0, count: count))
        var linked = 0
        for parent in parents where parent >= 0 {
            childEnds[Int(parent)] += 1
            linked += 1
        }
        var total: Int32 = 0
        for node in childEnds.indices {
            total += childEnds[node]
            childEnds[node] = total
        }
        childNodes.removeAll(keepingCapacity: true)
        childNodes.append(contentsOf: repeatElement(0, count: linked))
        // Filled from the back: each end walks down to its node's start, which is the end of the node before.
        for node in parents.indices.reversed() where parents[node] >= 0 {
            let parent = Int(parents[node])
            childEnds[parent] -= 1
            childNodes[Int(childEnds[parent])] = Int32(node)
        }
        for node in childEnds.indices.dropLast() { childEnds[node] = childEnds[node + 1] }
        if !childEnds.isEmpty { childEnds[childEnds.count - 1] = Int32(linked) }
    }

    private mutating func reach() {
        reachable.removeAll(keepingCapacity: true)
        reachable.append(0)
        var next = 0
        while next < reachable.count {
            for position in children(of: Int(reachable[next])) { reachable.append(childNodes[position]) }
            next += 1
        }
    }
}
