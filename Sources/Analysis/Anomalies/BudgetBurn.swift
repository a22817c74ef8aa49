/// The evidence of an error budget that burns: what was promised, and by which rule it is spent too fast.
package struct BudgetBurn: Sendable, Hashable, Codable {
    /// Share of requests that must be good, such as 0.999.
    package var target: Double
    /// The strictest rule that fired: how many times faster than allowed, over a long and a short stretch.
    package var factor: Double
    package var longMinutes: Int
    package var shortMinutes: Int
    /// Of the long stretch that ended with the peak.
    package var badRequests: Int
    package var requests: Int

    package init(
        target: Double,
        factor: Double,
        longMinutes: Int,
        shortMinutes: Int,
        badRequests: Int,
        requests: Int
    ) {
        self.target = target
        self.factor = factor
        self.longMinutes = longMinutes
        self.shortMinutes = shortMinutes
        self.badRequests = badRequests
        self.requests = requests
    }
}
