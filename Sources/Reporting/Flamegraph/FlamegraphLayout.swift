/// Where each frame of a tree stands: an icicle, the request on top, siblings in the order in which it met them.
struct FlamegraphLayout {
    /// A frame in its place; horizontal numbers are shares of the graph's width in 0...1.
    struct Box {
        var frame: FlamegraphFrame
        var x: Double
        var width: Double
        /// Frames that a `<n small frames>` box stands for; 1 for any other.
        var frames = 1
    }

    private(set) var boxes: [Box] = []
    private(set) var depth = 0
    /// Milliseconds that the full width stands for.
    let scale: Double

    /// Deeper frames are added up like small ones: nobody reads row 201, and rows cost height.
    private static let maximumDepth = 200

    /// `smallest` is the share of the full width below which frames are added up.
    init(_ tree: FlamegraphTree, smallest: Double) {
        var widths = tree.frames.map(\.ownWidth)
        var children = Array(repeating: [Int](), count: widths.count)
        var sizes = Array(repeating: 1, count: widths.count)
        var roots: [Int] = []
        for index in tree.frames.indices.reversed() {
            guard let parent = tree.frames[index].parent else {
                roots.append(index)
                continue
            }
            widths[parent] += widths[index]
            sizes[parent] += sizes[index]
            children[parent].append(index)
        }
        scale = roots.reduce(0) { $0 + widths[$1] }
        guard scale > 0 else { return }

        func isBefore(_ left: Int, _ right: Int) -> Bool {
            let (first, second) = (tree.frames[left], tree.frames[right])
            return first.start != second.start
                ? first.start < second.start : (first.label, left) < (second.label, right)
        }
        // Pairs of a frame and its left edge; an explicit stack, since call trees may be very deep.
        var stack: [(index: Int, x: Double)] = []
        func place(_ siblings: [Int], from left: Double, depth: Int, parent: Int?) {
            var x = left
            var small: [Int] = []
            var pushed: [(index: Int, x: Double)] = []
            for index in siblings.sorted(by: isBefore) {
                guard widths[index] / scale >= smallest, depth < FlamegraphLayout.maximumDepth else {
                    small.append(index)
                    continue
                }
                pushed.append((index, x))
                x += widths[index] / scale
            }
            stack.append(contentsOf: pushed.reversed())
            let rest = small.filter { widths[$0] > 0 }
            guard !rest.isEmpty else { return }
            var merged = FlamegraphFrame(label: "", service: "", kind: .merged, parent: parent)
            merged.depth = depth
            merged.own = rest.reduce(0) { $0 + tree.frames[$1].inclusive }
            merged.inclusive = merged.own
            if tree.frames[rest[0]].before != nil {
                let before = rest.reduce(0) { $0 + (tree.frames[$1].before?.inclusive ?? 0) }
                merged.before = FlamegraphFrame.Before(own: before, inclusive: before)
            }
            let count = rest.reduce(0) { $0 + sizes[$1] }
            merged.label = count == 1 ? "<1 small frame>" : "<\(count) small frames>"
            let width = rest.reduce(0) { $0 + widths[$1] } / scale
            boxes.append(Box(frame: merged, x: x, width: width, frames: count))
            self.depth = max(self.depth, depth + 1)
        }

        place(roots, from: 0, depth: 0, parent: nil)
        while let next = stack.popLast() {
            let frame = tree.frames[next.index]
            boxes.append(Box(frame: frame, x: next.x, width: widths[next.index] / scale))
            depth = max(depth, frame.depth + 1)
            place(children[next.index], from: next.x, depth: frame.depth + 1, parent: next.index)
        }
    }
}
