/// Numbers the requests of one worker's virtual users; when they are due is up to the users.
struct ClosedArrivals: Sendable {
    private let measuredFrom: UInt64
    private let step: UInt64
    private var sequence: UInt64

    init(_ order: LoadOrder, measuredFrom: UInt64, _ worker: Int, of workers: Int) {
        self.measuredFrom = measuredFrom
        step = UInt64(workers)
        sequence = order.firstSequence + UInt64(worker)
    }

    /// A request that is due now, `offset` nanoseconds from the start of the schedule.
    mutating func next(at offset: UInt64) -> Arrival {
        defer { sequence += step }
        return Arrival(sequence: sequence, offset: offset, isWarmup: offset < measuredFrom)
    }
}
