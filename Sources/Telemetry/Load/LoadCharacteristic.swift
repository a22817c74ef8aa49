/// What a test of one type finds out beyond latency and errors.
package enum LoadCharacteristic: Sendable, Hashable, Codable {
    /// Of a stress test.
    case loadLine(LoadLine)
    /// Of a concurrency test.
    case scalability(Scalability)
    /// Of a spike test.
    case recovery(SpikeRecovery)
    /// Of a soak test.
    case drift(SoakDrift)
    /// Of a latency test.
    case payloadCost(PayloadCost)
}

/// The highest rate that held all objectives.
package struct LoadLine: Sendable, Hashable, Codable {
    /// Requests per second; `nil` when even the first level broke.
    package var rate: Double?
    /// The lowest rate that broke; `nil` when none did.
    package var brokenAt: Double?
    /// Half of what lies between the two, as a share of `rate`: how well the line is known.
    package var uncertainty: Double?
    /// What broke first beyond the line, one sentence each.
    package var failureMode: [String]
    /// Requests per second from which the median latency was more than twice that of the first level.
    package var knee: Double?
    /// Whether the line held once more at the end of the search.
    package var isConfirmed: Bool
    /// Whether the target was well again at a lower rate after the overload; `nil` when that was not tried.
    package var hasRecovered: Bool?
    /// Seconds of that lower load until latency held again; `nil` when it never did, or was not tried.
    package var recoverySeconds: Double?
    /// Why the search ended where it did, one sentence.
    package var ending: String

    package init(ending: String) {
        failureMode = []
        isConfirmed = false
        self.ending = ending
    }
}

/// A fit of the Universal Scalability Law, X(n) = λn / (1 + σ(n − 1) + κn(n − 1)).
package struct Scalability: Sendable, Hashable, Codable {
    /// λ: requests per second of one user alone.
    package var ratePerUser: Double
    /// σ: the share that cannot run in parallel.
    package var contention: Double
    /// κ: what every further user costs every other.
    package var coherency: Double
    /// Users with the highest throughput, `nil` when it grows without end.
    package var bestUsers: Double?
    /// Requests per second at `bestUsers`; without these, what the law approaches, where it approaches something.
    package var bestRate: Double?
    /// Share of the throughput's variance that the law explains; a fit below 0.9 is no guide.
    package var determination: Double

    package init(
        ratePerUser: Double,
        contention: Double,
        coherency: Double,
        bestUsers: Double?,
        bestRate: Double?,
        determination: Double
    ) {
        self.ratePerUser = ratePerUser
        self.contention = contention
        self.coherency = coherency
        self.bestUsers = bestUsers
        self.bestRate = bestRate
        self.determination = determination
    }
}

/// What a spike did to the target, and how long it took to get over it.
package struct SpikeRecovery: Sendable, Hashable, Codable {
    /// p95 before the spike, milliseconds.
    package var p95Before: Double
    /// The highest p95 of one second from the spike on, milliseconds.
    package var p95Peak: Double
    /// Failed arrivals from the spike on, as a share of those due.
    package var errorRate: Double
    /// From the end of the spike until p95 is back in the range it had before and stays there; `nil` when it did not.
    package var seconds: Double?
    /// The p95 that counts as recovered, milliseconds.
    package var p95Recovered: Double

    package init(p95Before: Double, p95Peak: Double, errorRate: Double, seconds: Double?, p95Recovered: Double) {
        self.p95Before = p95Before
        self.p95Peak = p95Peak
        self.errorRate = errorRate
        self.seconds = seconds
        self.p95Recovered = p95Recovered
    }
}

/// How what was measured changed over a long test at a steady rate.
package struct SoakDrift: Sendable, Hashable, Codable {
    package struct Series: Sendable, Hashable, Codable {
        /// Such as `latency p95` or `memory of orders`.
        package var name: String
        package var unit: String
        /// By the robust line, at the start and the end of the measured part.
        package var start: Double
        package var end: Double
        /// Change per hour, and its 95 % interval.
        package var perHour: Double
        package var perHourLow: Double
        package var perHourHigh: Double
        /// Probability that there is a rise or fall at all, 0...1.
        package var confidence: Double
        /// A change that is both certain (95 %) and large enough to matter.
        package var isDrifting: Bool

        package init(
            name: String,
            unit: String,
            start: Double,
            end: Double,
            perHour: Double,
            perHourLow: Double,
            perHourHigh: Double,
            confidence: Double,
            isDrifting: Bool
        ) {
            self.name = name
            self.unit = unit
            self.start = start
            self.end = end
            self.perHour = perHour
            self.perHourLow = perHourLow
            self.perHourHigh = perHourHigh
            self.confidence = confidence
            self.isDrifting = isDrifting
        }
    }

    package var series: [Series]

    package init(series: [Series]) {
        self.series = series
    }
}

/// What requests cost whatever they carry, and what each further KiB adds.
package struct PayloadCost: Sendable, Hashable, Codable {
    /// Milliseconds of the median, with a 95 % interval.
    package var fixed: Double
    package var fixedLow: Double
    package var fixedHigh: Double
    /// Milliseconds of the median for each KiB, with a 95 % interval.
    package var perKiB: Double
    package var perKiBLow: Double
    package var perKiBHigh: Double

    package init(
        fixed: Double,
        fixedLow: Double,
        fixedHigh: Double,
        perKiB: Double,
        perKiBLow: Double,
        perKiBHigh: Double
    ) {
        self.fixed = fixed
        self.fixedLow = fixedLow
        self.fixedHigh = fixedHigh
        self.perKiB = perKiB
        self.perKiBLow = perKiBLow
        self.perKiBHigh = perKiBHigh
    }
}
