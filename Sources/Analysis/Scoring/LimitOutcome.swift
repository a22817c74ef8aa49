/// One limit and how it came out.
package struct LimitOutcome: Sendable, Hashable, Codable {
    /// Such as `latency.p95`, `rps` or `errorRate`.
    package var name: String
    package var unit: String
    package var limit: Double
    package var measured: Double
    package var isMet: Bool
    /// How far beyond, as a factor of the limit; 1 when met.
    package var excess: Double
    package var source: String

    package init(
        name: String,
        unit: String,
        limit: Double,
        measured: Double,
        isMet: Bool,
        excess: Double,
        source: String
    ) {
        self.name = name
        self.unit = unit
        self.limit = limit
        self.measured = measured
        self.isMet = isMet
        self.excess = excess
        self.source = source
    }
}
