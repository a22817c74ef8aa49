import Correlation
import Telemetry

/// Who calls whom, as the paths of some windows tell it; operations by their place in a timeline.
struct CallTree {
    private(set) var callers: [[Int]]
    private(set) var callees: [[Int]]

    init(_ timeline: CheckTimeline, in bins: Range<Int>) {
        var edges: Set<Edge> = []
        let start = timeline.origin + UInt64(bins.lowerBound) * timeline.binLength
        let end = timeline.origin + UInt64(bins.upperBound) * timeline.binLength
        for window in timeline.windows where window.start + TelemetryWindow.length > start && window.start < end {
            let numbers = window.paths.map { path in
                path.frame.synthetic == nil ? timeline.index(of: path.frame.operation) : nil
            }
            for (index, path) in window.paths.enumerated() {
                guard let callee = numbers[index], var place = path.parent else { continue }
                // Frames that no span stands for lie between a caller and its callee.
                while numbers[place] == nil, let next = window.paths[place].parent { place = next }
                if let caller = numbers[place], caller != callee { edges.insert(Edge(caller: caller, callee: callee)) }
            }
        }
        callers = Array(repeating: [], count: timeline.operations.count)
        callees = callers
        for edge in edges.sorted(by: { ($0.caller, $0.callee) < ($1.caller, $1.callee) }) {
            callers[edge.callee].append(edge.caller)
            callees[edge.caller].append(edge.callee)
        }
    }

    private struct Edge: Hashable {
        var caller: Int
        var callee: Int
    }

    /// All that an operation calls, directly or not, without itself.
    func reachable(from operation: Int) -> Set<Int> { CallTree.closure(of: operation, callees) }

    /// All that call an operation, directly or not, without itself.
    func ancestors(of operation: Int) -> Set<Int> { CallTree.closure(of: operation, callers) }

    private static func closure(of operation: Int, _ next: [[Int]]) -> Set<Int> {
        var seen: Set<Int> = []
        var open = next[operation]
        while let one = open.popLast() {
            if seen.insert(one).inserted { open += next[one] }
        }
        return seen.subtracting([operation])
    }
}
