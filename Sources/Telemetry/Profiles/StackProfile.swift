/// Stacks of a profiler with their weights, equal ones added up: what a flamegraph is drawn from.
package struct StackProfile: Sendable, Hashable {
    /// One level of a stack.
    package struct Frame: Sendable, Hashable {
        /// A function, a method or a thread.
        package var name: String
        /// The library, package or file it belongs to; empty where nobody says.
        package var module: String

        package init(name: String, module: String = "") {
            self.name = name
            self.module = module
        }
    }

    /// A stack, its root first, and how much was measured there.
    package struct Stack: Sendable, Hashable {
        /// Indices into `frames`.
        package var frames: [Int32]
        package var weight: Double
    }

    /// Deeper frames are cut off: nobody reads row 1,001.
    package static let depthLimit = 1000

    /// What a weight counts, in the plural: `samples`, `nanoseconds`, `bytes`.
    package var unit: String
    package private(set) var frames: [Frame] = []
    package private(set) var stacks: [Stack] = []
    private var numbers: [Frame: Int32] = [:]
    private var places: [[Int32]: Int] = [:]

    package init(unit: String = "samples") {
        self.unit = unit
    }

    package var isEmpty: Bool { stacks.isEmpty }

    package var total: Double { stacks.reduce(0) { $0 + $1.weight } }

    /// Adds to the stack that is the same; weights that are not positive numbers are left out.
    package mutating func add(_ stack: [Frame], weight: Double) {
        guard weight > 0, weight.isFinite, !stack.isEmpty else { return }
        add(numbers: stack.prefix(StackProfile.depthLimit).map { number(of: $0) }, weight: weight)
    }

    /// Adds another profile's stacks.
    package mutating func merge(_ other: StackProfile) {
        let mapping = other.frames.map { number(of: $0) }
        for stack in other.stacks { add(numbers: stack.frames.map { mapping[Int($0)] }, weight: stack.weight) }
    }

    private mutating func add(numbers stack: [Int32], weight: Double) {
        if let place = places[stack] {
            stacks[place].weight += weight
        } else {
            places[stack] = stacks.count
            stacks.append(Stack(frames: stack, weight: weight))
        }
    }

    private mutating func number(of frame: Frame) -> Int32 {
        if let known = numbers[frame] { return known }
        let number = Int32(frames.count)
        frames.append(frame)
        numbers[frame] = number
        return number
    }
}
