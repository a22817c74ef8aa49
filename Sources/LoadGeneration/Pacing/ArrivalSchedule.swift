package import Plans

/// One arrival of a test's schedule.
package struct Arrival: Sendable, Hashable {
    /// Counts the arrivals of the test from 0, warm-up included, over all workers.
    package var sequence: UInt64
    /// When it is due, nanoseconds from the start of the schedule.
    package var offset: UInt64
    package var isWarmup: Bool
}

/// A test's whole schedule, warm-up and then measurement, or one worker's share of it.
///
/// The warm-up is steady load at the rate that the shape first settles at: the end of its first stage that ends above
/// zero, such as the hold rate after the ramp of a `load` test or the base rate of a `spike` test. It runs before the
/// measurement; the shape starts at its end. Worker `w` of `W` takes the arrivals whose sequence number is `w` modulo
/// `W`: every worker draws the same schedule and skips what is not its own, so the union is exact.
package struct ArrivalSchedule: Sendable {
    /// Nanoseconds from the start of the schedule to the start of the measurement.
    package let measuredFrom: UInt64
    /// Nanoseconds from the start of the schedule to its end.
    package let end: UInt64
    private let warmupRate: Double
    private let shape: RateIntegral
    private let worker: UInt64
    private let workers: UInt64
    private var warmup: any Pacer
    private var measured: any Pacer
    private var isWarmingUp: Bool
    private var nextSequence: UInt64 = 0

    package init(_ test: TestDefinition, worker: Int = 0, of workers: Int = 1) {
        precondition(workers > 0 && (0..<workers).contains(worker), "a worker is one of the workers")
        let stages = test.rate.stages.filter { $0.duration > .zero }
        let rate = stages.first { $0.to > 0 }?.to ?? stages.first?.from ?? 0
        let steady = RateShape.constant(rate, for: test.warmup)
        warmupRate = rate
        shape = RateIntegral(test.rate)
        switch test.arrivals {
        case .uniform:
            warmup = UniformPacer(steady)
            measured = UniformPacer(test.rate)
        case .poisson:
            // Its own stream: a longer warm-up must not change the measured arrivals.
            warmup = PoissonPacer(steady, seed: ~test.seed)
            measured = PoissonPacer(test.rate, seed: test.seed)
        }
        measuredFrom = UInt64(max(0, test.warmup / .nanoseconds(1)))
        end = measuredFrom + UInt64(shape.duration * 1e9)
        isWarmingUp = measuredFrom > 0
        self.worker = UInt64(worker)
        self.workers = UInt64(workers)
    }

    /// Whether nothing at all is due in the measured part.
    package var isEmpty: Bool { shape.arrivals <= 0 }

    /// The next arrival of this worker, in the order they are due.
    package mutating func next() -> Arrival? {
        while let arrival = nextOfAll() {
            if arrival.sequence % workers == worker { return arrival }
        }
        return nil
    }

    /// Arrivals per second over all workers, at an offset in nanoseconds from the start of the schedule.
    package func rate(at offset: UInt64) -> Double {
        offset < measuredFrom ? warmupRate : shape.rate(at: Double(offset - measuredFrom) / 1e9)
    }

    /// Arrivals that this worker can expect at most, for reserving memory.
    package var expectedCount: Int {
        let all = shape.arrivals + warmupRate * Double(measuredFrom) / 1e9
        return Int(min(all * 1.1 / Double(workers) + 64, 1e9))
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
        return Arrival(sequence: nextSequence, offset: offset, isWarmup: isWarmup)
    }
}
