/// Steps that wait for their time, the earliest first: a binary heap.
///
/// Bounded by the flows in progress, each of which is in it once at most.
struct PendingSteps {
    struct Entry {
        /// `MonotonicClock` nanoseconds.
        var dueAt: UInt64
        var flow: Int
    }

    private var heap: [Entry] = []

    var first: Entry? { heap.first }

    mutating func insert(_ entry: Entry) {
        heap.append(entry)
        var child = heap.count - 1
        while child > 0, heap[child].dueAt < heap[(child - 1) / 2].dueAt {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func popFirst() -> Entry? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].dueAt < heap[least].dueAt { least = child }
            guard least != parent else { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
