import Telemetry

/// The order in which a profile lists its paths: callers before callees, siblings as in a waterfall.
struct PathOrder {
    /// Numbers of the builder's paths.
    private(set) var paths: [Int] = []
    private var places: [Int]

    init(_ accumulators: [PathAccumulator]) {
        places = [Int](repeating: 0, count: accumulators.count)
        var children = [[Int]](repeating: [], count: accumulators.count)
        for (number, path) in accumulators.enumerated() where path.parent >= 0 {
            children[Int(path.parent)].append(number)
        }
        let keys = accumulators.map { Key($0) }
        var stack = [0]
        while let number = stack.popLast() {
            places[number] = paths.count
            paths.append(number)
            stack += children[number].sorted { keys[$1] < keys[$0] }
        }
    }

    /// Where a path's caller stands in `paths`.
    func place(ofParent parent: Int32) -> Int? { parent < 0 ? nil : places[Int(parent)] }

    private struct Key: Comparable {
        var offset: Double
        var label: String
        var operation: OperationKey

        init(_ path: PathAccumulator) {
            offset = path.calls == 0 ? 0 : Double(path.startOffsetNanoseconds) / Double(path.calls)
            label = path.frame.label
            operation = path.frame.operation
        }

        static func < (left: Key, right: Key) -> Bool {
            (left.offset, left.label, left.operation) < (right.offset, right.label, right.operation)
        }
    }
}
