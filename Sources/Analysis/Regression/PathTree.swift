import Correlation

/// Gives paths of several profiles the same number where their stacks of frames are the same.
struct PathTree {
    private struct Key: Hashable {
        var parent: Int?
        var frame: PathFrame
    }

    private var numbers: [Key: Int] = [:]
    private(set) var frames: [PathFrame] = []
    private(set) var parents: [Int?] = []

    var count: Int { frames.count }

    /// The node of each path of a profile, in the profile's order; new stacks get new nodes, parents first.
    mutating func insert(_ profile: EndpointProfile) -> [Int] {
        var nodes: [Int] = []
        nodes.reserveCapacity(profile.paths.count)
        for path in profile.paths {
            let parent = path.parent.flatMap { nodes.indices.contains($0) ? nodes[$0] : nil }
            let key = Key(parent: parent, frame: path.frame)
            if let known = numbers[key] {
                nodes.append(known)
            } else {
                numbers[key] = count
                nodes.append(count)
                frames.append(path.frame)
                parents.append(parent)
            }
        }
        return nodes
    }
}
