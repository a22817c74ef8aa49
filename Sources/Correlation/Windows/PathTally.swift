import Telemetry

/// Puts the path trees of all endpoints of a window into one.
///
/// The frame of the request, which for traces that nobody issued is the entry's own, is left out.
struct PathTally {
    private struct Key: Hashable {
        var parent: Int
        var frame: PathFrame
    }

    private let limit: Int
    private var numbers: [Key: Int] = [:]
    private(set) var paths: [PathWindow] = []
    private var other: Int?

    init(limit: Int) {
        self.limit = limit
    }

    mutating func add(_ profile: EndpointProfile) {
        add(
            profile.paths.lazy.map {
                PathWindow(
                    frame: $0.frame,
                    parent: $0.parent,
                    calls: $0.calls,
                    criticalNanoseconds: $0.criticalNanoseconds,
                    selfNanoseconds: $0.selfNanoseconds
                )
            }
        )
    }

    /// Adds a tree whose parents stand before their children.
    mutating func add(_ tree: some Sequence<PathWindow>) {
        var places: [Int?] = []
        for path in tree {
            if path.frame.synthetic == .client {
                places.append(nil)
                continue
            }
            let parent = path.parent.flatMap { places[$0] }
            let place = place(of: path.frame, under: parent)
            places.append(place)
            paths[place].calls += path.calls
            paths[place].criticalNanoseconds = paths[place].criticalNanoseconds.saturatingAdd(path.criticalNanoseconds)
            paths[place].selfNanoseconds = paths[place].selfNanoseconds.saturatingAdd(path.selfNanoseconds)
        }
    }

    private mutating func place(of frame: PathFrame, under parent: Int?) -> Int {
        // What hangs below a folded path is folded with it.
        if let parent, parent == other { return parent }
        let key = Key(parent: parent ?? -1, frame: frame)
        if let known = numbers[key] { return known }
        guard paths.count < limit - 1 else { return otherPlace() }
        paths.append(PathWindow(frame: frame, parent: parent))
        numbers[key] = paths.count - 1
        return paths.count - 1
    }

    private mutating func otherPlace() -> Int {
        if let other { return other }
        let key = OperationKey(
            service: WindowLimits.otherOperation,
            name: WindowLimits.otherOperation,
            kind: .unspecified
        )
        paths.append(PathWindow(frame: PathFrame(operation: key, synthetic: .other), parent: nil))
        other = paths.count - 1
        return paths.count - 1
    }
}
