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
