/// Arrivals that are due and wait for a free connection, first come first served.
///
/// Bounded: the worker drops what has waited too long, and what finds it full.
struct WaitingArrivals {
    static let limit = 100_000

    private var arrivals: [Arrival] = []
    private var head = 0

    var isEmpty: Bool { head == arrivals.count }
    var count: Int { arrivals.count - head }
    var first: Arrival? { isEmpty ? nil : arrivals[head] }

    /// False when it is full and the arrival was not taken.
    mutating func append(_ arrival: Arrival) -> Bool {
        guard count < WaitingArrivals.limit else { return false }
        arrivals.append(arrival)
        return true
    }

    mutating func popFirst() -> Arrival? {
        guard let first else { return nil }
        head += 1
        if head == arrivals.count {
            arrivals.removeAll(keepingCapacity: true)
            head = 0
        } else if head > WaitingArrivals.limit {
            arrivals.removeFirst(head)
            head = 0
        }
        return first
    }
}
