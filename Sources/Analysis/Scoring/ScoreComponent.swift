package struct ScoreComponent: Sendable, Hashable, Codable {
    package enum Name: String, Sendable, Codable, CaseIterable {
        case latency, throughput, errors, resources, baselineDelta
    }

    package var name: Name
    /// As configured, and after the weights of components without data were shared out.
    package var weight: Double
    package var effectiveWeight: Double
    /// `nil` without data.
    package var value: Double?
    /// Plain words: measured against limit and its source, or why there is no value.
    package var reason: String

    package init(name: Name, weight: Double, effectiveWeight: Double, value: Double?, reason: String) {
        self.name = name
        self.weight = weight
        self.effectiveWeight = effectiveWeight
        self.value = value
        self.reason = reason
    }
}
