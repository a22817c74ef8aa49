/// The performance score with its parts, 0...1.
package struct Score: Sendable, Hashable, Codable {
    package var value: Double
    package var components: [ScoreComponent]

    package init(value: Double, components: [ScoreComponent]) {
        self.value = value
        self.components = components
    }
}

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

/// Status, score and the sentences that justify them.
package struct Verdict: Sendable, Hashable, Codable {
    package var status: TestStatus
    package var score: Score
    package var limits: [LimitOutcome]
    /// Worst first; the first is what the terminal prints.
    package var reasons: [String]
    package var isRegressed: Bool
    /// What the score and the limits say without the comparison with the baseline; `nil` where a person gave the status.
    package var statusApartFromBaseline: TestStatus?
    /// What people's notes changed, a sentence each with its source; `nil` when nothing.
    package var overrides: [String]?
    /// Whose note or plan keeps the test out of the gate; `nil` where it counts.
    package var gateExclusion: String?
    /// Whose note keeps the test's score from counting.
    package var scoreExclusion: String?
    /// Where the weights of the score come from; `nil` for the standard ones.
    package var weightsSource: String?

    package init(status: TestStatus, score: Score, limits: [LimitOutcome], reasons: [String], isRegressed: Bool) {
        self.status = status
        self.score = score
        self.limits = limits
        self.reasons = reasons
        self.isRegressed = isRegressed
    }
}
