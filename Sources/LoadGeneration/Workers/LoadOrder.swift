package import Plans

/// One stretch of load that the workers of a test carry out together: a warm-up, then the measured part.
package struct LoadOrder: Sendable, Hashable {
    /// Who decides when the next request is due.
    package enum Demand: Sendable, Hashable {
        /// The schedule, whatever became of the requests before.
        case open(RateShape, warmupRate: Double)
        /// Each of so many virtual users, as soon as its last request has ended.
        case closed(users: Int)
    }

    package var demand: Demand
    package var warmup: Duration
    /// Of the measured part.
    package var duration: Duration
    package var arrivals: ArrivalProcess
    package var seed: UInt64
    /// Sequence number of the first arrival: stretches of one test must not share any.
    package var firstSequence: UInt64

    /// The one stretch of a test that runs through its rate shape.
    ///
    /// The warm-up is steady load at the rate that the shape first settles at: the end of its first stage that ends above
    /// zero, such as the hold rate after the ramp of a `load` test or the base rate of a `spike` test.
    package init(_ test: TestDefinition) {
        demand = .open(test.rate, warmupRate: test.rate.settledRate)
        warmup = test.warmup
        duration = test.rate.duration
        arrivals = test.arrivals
        seed = test.seed
        firstSequence = 0
    }

    package init(
        _ demand: Demand,
        warmup: Duration,
        duration: Duration,
        arrivals: ArrivalProcess = .uniform,
        seed: UInt64 = 1,
        firstSequence: UInt64 = 0
    ) {
        self.demand = demand
        self.warmup = warmup
        self.duration = duration
        self.arrivals = arrivals
        self.seed = seed
        self.firstSequence = firstSequence
    }

    /// Steady load at one rate.
    package static func steady(_ rate: Double, warmup: Duration, duration: Duration) -> LoadOrder {
        LoadOrder(.open(.constant(rate, for: duration), warmupRate: rate), warmup: warmup, duration: duration)
    }

    /// Virtual users of the closed model; `nil` for a schedule.
    var users: Int? {
        if case .closed(let users) = demand { users } else { nil }
    }
}
