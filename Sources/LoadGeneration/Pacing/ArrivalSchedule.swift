package import Plans

/// The schedule of one stretch of load, warm-up and then measurement, or one worker's share of it.
///
/// The warm-up is steady load before the measurement; the shape starts at its end. Worker `w` of `W` takes the arrivals
/// whose sequence number is `w` modulo `W`: every worker draws the same schedule and skips what is not its own, so the
/// union is exact. In the closed model nothing is due by schedule, and it only tells the times.
package struct ArrivalSchedule: Sendable {
    /// Nanoseconds from the start of the schedule to the start of the measurement.
    package let measuredFrom: UInt64
    /// Nanoseconds from the start of the schedule to its end.
    package let end: UInt64
    private let warmupRate: Double
    private let shape: RateIntegral
    private let worker: UInt64
    private let workers: UInt64
    private let firstSequence: UInt64
    private let isClosed: Bool
    private var warmup: any Pacer
    private var measured: any Pacer
    private var isWarmingUp: Bool
    private var nextSequence: UInt64 = 0

    package init(_ test: TestDefinition, worker: Int = 0, of workers: Int = 1) {
        self.init(LoadOrder(test), worker: worker, of: workers)
    }

    package init(_ order: LoadOrder, worker: Int = 0, of workers: Int = 1) {
        precondition(workers > 0 && (0..<workers).contains(worker), "a worker is one of the workers")
        let rate: RateShape
        switch order.demand {
        case .open(let shape, let warmupRate): (rate, self.warmupRate) = (shape, warmupRate)
        case .closed: (rate, warmupRate) = (.constant(0, for: order.duration), 0)
        }
        shape = RateIntegral(rate)
        let steady = RateShape.constant(warmupRate, for: order.warmup)
        // Its own stream: a longer warm-up must not change the measured arrivals.
        warmup = ArrivalSchedule.pacer(steady, order.arrivals, seed: ~order.seed)
        measured = ArrivalSchedule.pacer(rate, order.arrivals, seed: order.seed)
        measuredFrom = UInt64(max(0, order.warmup / .nanoseconds(1)))
        end = measuredFrom + UInt64(shape.duration * 1e9)
        isWarmingUp = measuredFrom > 0
        firstSequence = order.firstSequence
        isClosed = order.users != nil
        self.worker = UInt64(worker)
        self.workers = UInt64(workers)
    }

    private static func pacer(_ shape: RateShape, _ arrivals: ArrivalProcess, seed: UInt64) -> any Pacer {
        if !shape.replay.isEmpty { return ReplayPacer(shape) }
        return switch arrivals {
        case .uniform: UniformPacer(shape)
        case .poisson: PoissonPacer(shape, seed: seed)
        }
    }

    /// Whether nothing at all is due in the measured part.
    package var isEmpty: Bool { shape.arrivals <= 0 }

    /// The next arrival of this worker, in the order they are due.
    package mutating func next() -> Arrival? {
        while let arrival = nextOfAll() {
            if (arrival.sequence - firstSequence) % workers == worker { return arrival }
        }
        return nil
    }

    /// Arrivals per second over all workers that are due, at an offset in nanoseconds from the start of the schedule.
    package func rate(at offset: UInt64) -> Double {
        offset < measuredFrom ? warmupRate : shape.rate(at: Double(offset - measuredFrom) / 1e9)
    }

    /// Arrivals that this worker can expect at most, for reserving memory.
    package var expectedCount: Int {
        let all = shape.arrivals + warmupRate * Double(measuredFrom) / 1e9
        return isClosed ? 100_000 : Int(min(all * 1.1 / Double(workers) + 64, 1e9))
    }

    private mutating func nextOfAll() -> Arrival? {
        if isWarmingUp {
            if let offset = warmup.next() { return issue(offset, isWarmup: true) }
            isWarmingUp = false
        }
        return measured.next().map { issue(measuredFrom + $0, isWarmup: false) }
    }

    private mutating func issue(_ offset: UInt64, isWarmup: Bool) -> Arrival {
        defer { nextSequence += 1 }
        return Arrival(sequence: firstSequence + nextSequence, offset: offset, isWarmup: isWarmup)
    }
}
