import Correlation

/// The call tree of a profile with siblings in the order in which requests meet them.
struct ProfileTree {
    private var children: [[Int]]
    private var roots: [Int]

    /// A parent that does not stand before its child, which no profile of ours has, makes the child a root.
    init(_ profile: EndpointProfile) {
        children = Array(repeating: [], count: profile.paths.count)
        roots = []
        for (index, path) in profile.paths.enumerated() {
            if let parent = path.parent, parent >= 0, parent < index {
                children[parent].append(index)
            } else {
                roots.append(index)
            }
        }
        func isBefore(_ left: Int, _ right: Int) -> Bool {
            let (first, second) = (profile.paths[left], profile.paths[right])
            let offsets = (ProfileTree.meanStart(of: first), ProfileTree.meanStart(of: second))
            return offsets.0 != offsets.1 ? offsets.0 < offsets.1 : first.frame.label < second.frame.label
        }
        for index in children.indices { children[index].sort(by: isBefore) }
        roots.sort(by: isBefore)
    }

    /// Nanoseconds after the root's start, per trace in which the path occurs.
    static func meanStart(of path: PathProfile) -> UInt64 {
        path.startOffsetNanoseconds / UInt64(max(1, path.calls))
    }

    /// Parents before their children; an explicit stack, since a hostile trace can nest without end.
    var preorder: [(index: Int, depth: Int)] {
        var order: [(index: Int, depth: Int)] = []
        var stack = roots.reversed().map { (index: $0, depth: 0) }
        while let next = stack.popLast() {
            order.append(next)
            for child in children[next.index].reversed() { stack.append((child, next.depth + 1)) }
        }
        return order
    }
}
