/// The five weights of the score; they sum to 1.
package struct ScoreWeights: Sendable, Hashable {
    package var latency = 0.35
    package var throughput = 0.25
    package var errors = 0.20
    package var resources = 0.10
    package var baselineDelta = 0.10

    package init() {}
}
