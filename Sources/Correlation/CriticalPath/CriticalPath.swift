import Telemetry

/// The chain of spans that made a request take as long as it did.
///
/// The walk goes backwards from the last byte: whoever ended last is who was waited for. It cuts the request into
/// segments that touch and never overlap, so their lengths add up to the request's duration to the nanosecond
/// (`spec/analysis.md` section 1). Iterative, each span enters at most once, n log n in the size of the trace.
struct CriticalPath {
    struct Segment: Hashable {
        var node: Int32
        /// A child that ran meanwhile without holding up its caller, or -1.
        var overlappedBy: Int32
        /// Unix nanoseconds.
        var start: UInt64
        var end: UInt64
    }

    private struct Frame {
        var node: Int
        /// The walk has come down to here; it stops at `floor`.
        var time: UInt64
        var floor: UInt64
        /// Candidates that are left, a range of `candidates`.
        var next: Int
        var end: Int
        /// Where the frame's candidates begin.
        var first: Int
        /// The earliest start of the children passed over because they overlap a later one, and which that is.
        var overlapStart: UInt64 = .max
        var overlappedBy: Int32 = -1
    }

    private struct Candidate {
        /// The child's end, clipped to the frame.
        var end: UInt64
        var node: Int32
    }

    /// Latest first.
    private(set) var segments: [Segment] = []
    private var stack: [Frame] = []
    private var candidates: [Candidate] = []

    init() {}

    /// Time of segments in which a child was running that the walk passed over.
    var overlapped: Double {
        segments.reduce(0) { $1.overlappedBy < 0 ? $0 : $0 + Double($1.end - $1.start) }
    }

    /// Whether the segments tile the request exactly.
    ///
    /// Holds by construction; checked for every trace, because every number in a report rests on it.
    func tiles(_ request: Range<UInt64>) -> Bool {
        var time = request.upperBound
        for segment in segments {
            guard segment.end == time, segment.start < segment.end else { return false }
            time = segment.start
        }
        return time == request.lowerBound
    }

    mutating func walk(_ tree: TraceTree, roles: ChildRoles, in run: RunSpans, settings: CorrelationSettings) {
        segments.removeAll(keepingCapacity: true)
        stack.removeAll(keepingCapacity: true)
        candidates.removeAll(keepingCapacity: true)
        push(0, floor: tree.starts[0], ceiling: tree.ends[0], tree, roles)
        while var frame = stack.popLast() {
            if let child = nextChild(of: &frame, tree, in: run, settings: settings) {
                stack.append(frame)
                push(child.node, floor: frame.time, ceiling: child.end, tree, roles)
            } else {
                emit(frame, from: frame.floor)
                candidates.removeSubrange(frame.first...)
            }
        }
    }

    // Finds the child that was waited for last before the frame's time, and moves the time to that child's start.
    private mutating func nextChild(
        of frame: inout Frame,
        _ tree: TraceTree,
        in run: RunSpans,
        settings: CorrelationSettings
    ) -> (node: Int, end: UInt64)? {
        while frame.next < frame.end {
            let candidate = candidates[frame.next]
            frame.next += 1
            let child = Int(candidate.node)
            let start = tree.starts[child]
            if start >= frame.time || candidate.end <= frame.floor { continue }
            if candidate.end > frame.time,
                candidate.end - frame.time > tolerance(frame.node, child, tree, in: run, settings: settings)
            {
                if start < frame.overlapStart {
                    frame.overlapStart = start
                    frame.overlappedBy = candidate.node
                }
                continue
            }
            let end = min(candidate.end, frame.time)
            let clippedStart = max(start, frame.floor)
            if end <= clippedStart { continue }
            emit(frame, from: end)
            frame.time = clippedStart
            return (child, end)
        }
        return nil
    }

    private mutating func push(_ node: Int, floor: UInt64, ceiling: UInt64, _ tree: TraceTree, _ roles: ChildRoles) {
        let first = candidates.count
        for position in tree.children(of: node) {
            let child = tree.child(at: position)
            guard roles[child] == .blocking else { continue }
            candidates.append(Candidate(end: min(tree.ends[child], ceiling), node: Int32(child)))
        }
        let count = candidates.count
        if count - first > 1 {
            candidates.withUnsafeMutableBufferPointer { all in
                var own = UnsafeMutableBufferPointer(rebasing: all[first...])
                // Nodes are in order of start, longest first, span id: a total order whatever the order of arrival.
                own.sort { $0.end != $1.end ? $0.end > $1.end : $0.node < $1.node }
            }
        }
        stack.append(Frame(node: node, time: ceiling, floor: floor, next: first, end: count, first: first))
    }

    // A child that was passed over ends after the frame's time, so it runs from its start right up to it.
    private mutating func emit(_ frame: Frame, from start: UInt64) {
        guard start < frame.time else { return }
        let split = min(max(frame.overlapStart, start), frame.time)
        if split < frame.time {
            segments.append(
                Segment(node: Int32(frame.node), overlappedBy: frame.overlappedBy, start: split, end: frame.time)
            )
        }
        if start < split {
            segments.append(Segment(node: Int32(frame.node), overlappedBy: -1, start: start, end: split))
        }
    }

    // Spans of one host share a clock, so there an overlap is an overlap.
    private func tolerance(
        _ parent: Int,
        _ child: Int,
        _ tree: TraceTree,
        in run: RunSpans,
        settings: CorrelationSettings
    ) -> UInt64 {
        if parent == 0 { return 0 }
        let (caller, called) = (tree.row(of: parent), tree.row(of: child))
        if run.isSameHost(caller, called) { return 0 }
        return settings.overlapTolerance(ofParentLasting: tree.duration(of: parent))
    }
}

extension RunSpans {
    /// By instance where both are known, else by service.
    func isSameHost(_ left: Int, _ right: Int) -> Bool {
        let (leftInstance, rightInstance) = (spans.instance[left], spans.instance[right])
        if !leftInstance.isEmpty, !rightInstance.isEmpty { return leftInstance == rightInstance }
        return isSameService(left, right)
    }

    func isSameService(_ left: Int, _ right: Int) -> Bool {
        operations.services[Int(spans.operation[left].rawValue)]
            == operations.services[Int(spans.operation[right].rawValue)]
    }
}
