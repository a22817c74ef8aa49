import Telemetry

/// What each span is to its caller: the rules of `spec/analysis.md` section 1 that come before the walk.
struct ChildRoles {
    enum Role: UInt8 {
        /// The caller waits for it, as far as it lies within the caller.
        case blocking
        /// Work of its own that nobody waits for: messages, late starters, work that outlives its caller.
        case detached
        /// Takes no time.
        case instant
        /// Ends after its caller by more than the tolerance; becomes blocking or detached.
        case overrunning
    }

    /// By node of the tree; meaningless for nodes out of reach.
    private(set) var roles: [Role] = []
    /// Time cut off spans of which it is not known whether their caller waited.
    private(set) var doubtful = 0.0
    /// Whether the root lies beside the request: then the clocks disagree and nothing can be said.
    private(set) var isDisjoint = false

    init() {}

    subscript(node: Int) -> Role { roles[node] }

    mutating func assign(_ tree: TraceTree, in run: RunSpans, wasAnswered: Bool, settings: CorrelationSettings) {
        roles.removeAll(keepingCapacity: true)
        roles.append(contentsOf: repeatElement(.blocking, count: tree.count))
        doubtful = 0
        isDisjoint = false
        for parent in tree.reachable {
            assignChildren(of: Int(parent), tree, in: run, settings: settings)
        }
        let roots = tree.children(of: 0)
        isDisjoint =
            !roots.isEmpty
            && roots.allSatisfy { position in
                let root = tree.child(at: position)
                // A target may well start on a request after its client has given up.
                let isLate = tree.starts[root] >= tree.ends[0] && wasAnswered
                return roles[root] == .detached && (isLate || tree.ends[root] <= tree.starts[0])
            }
    }

    private mutating func assignChildren(
        of parent: Int,
        _ tree: TraceTree,
        in run: RunSpans,
        settings: CorrelationSettings
    ) {
        let children = tree.children(of: parent)
        if children.isEmpty { return }
        var blocking = 0
        var servers = 0
        var overrunning = 0
        for position in children {
            let child = tree.child(at: position)
            let role = role(of: child, under: parent, tree, in: run, settings: settings)
            roles[child] = role
            if role == .blocking { blocking += 1 }
            if role == .overrunning { overrunning += 1 }
            if run.spans.kind[tree.row(of: child)] == .server { servers += 1 }
        }
        if overrunning == 0 { return }
        let isClient = parent == 0 || run.spans.kind[tree.row(of: parent)] == .client
        for position in children where roles[tree.child(at: position)] == .overrunning {
            let child = tree.child(at: position)
            let row = tree.row(of: child)
            // A client waits for its server until it gives up, however long the server goes on.
            let isPair = isClient && servers == 1 && run.spans.kind[row] == .server
            if isPair || (parent == 0 && children.count == 1) {
                roles[child] = .blocking
            } else if blocking > 0 || run.evidence.usuallyOutlivesCaller(run.spans.operation[row]) {
                roles[child] = .detached
            } else {
                roles[child] = .blocking
                doubtful += Double(tree.ends[child] - tree.ends[parent])
            }
        }
    }

    private func role(
        of child: Int,
        under parent: Int,
        _ tree: TraceTree,
        in run: RunSpans,
        settings: CorrelationSettings
    ) -> Role {
        let (start, end) = (tree.starts[child], tree.ends[child])
        if start == end { return .instant }
        if parent > 0, run.spans.kind[tree.row(of: parent)] == .producer,
            run.spans.kind[tree.row(of: child)] == .consumer
        {
            return .detached
        }
        let (parentStart, parentEnd) = (tree.starts[parent], tree.ends[parent])
        let skew = settings.skewUncertaintyNanoseconds
        if start >= parentEnd, start - parentEnd >= skew { return .detached }
        if end <= parentStart, parentStart - end >= skew { return .detached }
        let tolerance = settings.overrunTolerance(ofParentLasting: parentEnd - parentStart)
        return end > parentEnd && end - parentEnd > tolerance ? .overrunning : .blocking
    }
}
