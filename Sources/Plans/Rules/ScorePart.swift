/// The five parts of the score.
package enum ScorePart: String, Sendable, Hashable, Codable, CaseIterable {
    case latency, throughput, errors, resources, baselineDelta
}
