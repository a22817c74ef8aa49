import Telemetry

/// Everything the profile needs of one trace, in buffers that the next trace uses again.
struct TraceWalk {
    private(set) var tree = TraceTree()
    private(set) var roles = ChildRoles()
    private(set) var path = CriticalPath()
    /// By node: time not covered by children that the caller waits for.
    private(set) var selfNanoseconds: [UInt64] = []
    /// By node: for a client span, its server span in another service, else -1.
    private(set) var callees: [Int32] = []
    /// By node: an error that no error below explains.
    private(set) var isOrigin: [Bool] = []
    private var earliestErrorBelow: [UInt64] = []

    let run: RunSpans
    let settings: CorrelationSettings

    init(_ run: RunSpans, settings: CorrelationSettings) {
        self.run = run
        self.settings = settings
    }

    /// How sure the path is, 0...1; `nil` if it breaks conservation and must not be used.
    mutating func walk(_ sample: RequestSample, rows: Range<Int>) -> Double? {
        let request = sample.sentAt..<max(sample.sentAt, sample.finishedAt)
        tree.build(request: request, rows: rows, spans: run.spans, callers: run.forest.callers)
        roles.assign(tree, in: run, wasAnswered: sample.outcome.wasAnswered, settings: settings)
        path.walk(tree, roles: roles, in: run, settings: settings)
        guard path.tiles(request) else { return nil }
        measureSelf()
        findCallees()
        findOrigins(requestFailed: sample.outcome != .completed)
        if request.isEmpty { return 1 }
        if roles.isDisjoint { return 0 }
        let unsure = roles.doubtful + path.overlapped
        return max(0, 1 - unsure / Double(request.upperBound - request.lowerBound))
    }

    private mutating func measureSelf() {
        selfNanoseconds.removeAll(keepingCapacity: true)
        for node in 0..<tree.count {
            let end = tree.ends[node]
            var uncovered: UInt64 = 0
            var time = tree.starts[node]
            for position in tree.children(of: node) {
                let child = tree.child(at: position)
                if roles[child] != .blocking || tree.ends[child] <= time { continue }
                let start = min(tree.starts[child], end)
                if start > time { uncovered += start - time }
                time = min(tree.ends[child], end)
            }
            selfNanoseconds.append(uncovered + (end - time))
        }
    }

    private mutating func findCallees() {
        callees.removeAll(keepingCapacity: true)
        callees.append(-1)
        for node in tree.starts.indices.dropFirst() {
            let row = tree.row(of: node)
            var callee: Int32 = -1
            if run.evidence.hasServerChild[row] {
                for position in tree.children(of: node) {
                    let child = tree.row(of: tree.child(at: position))
                    if run.spans.kind[child] == .server, !run.isSameService(child, row) {
                        callee = Int32(tree.child(at: position))
                        break
                    }
                }
            }
            callees.append(callee)
        }
    }

    // An error below explains one above if it ended no later, give or take what clocks and late exports cost.
    private mutating func findOrigins(requestFailed: Bool) {
        isOrigin.removeAll(keepingCapacity: true)
        earliestErrorBelow.removeAll(keepingCapacity: true)
        isOrigin.append(contentsOf: repeatElement(false, count: tree.count))
        earliestErrorBelow.append(contentsOf: repeatElement(.max, count: tree.count))
        for node in tree.reachable.reversed().lazy.map({ Int($0) }) {
            let isError = node == 0 ? requestFailed : run.spans.isError(tree.row(of: node))
            var earliest = earliestErrorBelow[node]
            if isError {
                let tolerance = settings.overrunTolerance(ofParentLasting: tree.duration(of: node))
                isOrigin[node] = earliest > tree.ends[node] && earliest - tree.ends[node] > tolerance
                earliest = min(earliest, tree.ends[node])
            }
            let parent = tree.parents[node]
            if parent >= 0 { earliestErrorBelow[Int(parent)] = min(earliestErrorBelow[Int(parent)], earliest) }
        }
    }
}
