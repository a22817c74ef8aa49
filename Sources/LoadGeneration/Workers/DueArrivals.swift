/// A worker's arrivals with the next one in front, on the monotonic clock.
struct DueArrivals {
    private var schedule: ArrivalSchedule
    private let start: UInt64
    private(set) var next: Arrival?
    /// Nanoseconds before the next arrival in which the loop should wait awake.
    private(set) var spin: UInt64 = 0

    init(_ assignment: WorkerAssignment) {
        schedule = ArrivalSchedule(assignment.order, worker: assignment.worker, of: assignment.workers)
        start = assignment.start.monotonic
        next = schedule.next()
    }

    /// When the last one may be issued.
    var end: UInt64 { start + schedule.end }
    var expectedCount: Int { schedule.expectedCount }
    var measuredFrom: UInt64 { schedule.measuredFrom }

    func dueAt(_ arrival: Arrival) -> UInt64 { start + arrival.offset }

    mutating func advance() {
        let before = next?.offset
        next = schedule.next()
        if let next, let before { spin = SpinTime.before(gap: next.offset - before) }
    }
}
