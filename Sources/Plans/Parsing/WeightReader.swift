/// Reads `customWeighting.yaml`: one map of weights, or a list of them with a selector each.
struct WeightReader {
    static let example =
        "weights: { latency: 0.35, throughput: 0.25, errors: 0.2, resources: 0.1, baselineDelta: 0.1 }"
    /// The names of the weights, and those that `score.log.jsonl` uses for the same.
    private static var names: [(short: String, long: String, path: WritableKeyPath<ScoreWeights, Double>)] {
        [
            ("latency", "latencyScore", \.latency),
            ("throughput", "throughputScore", \.throughput),
            ("errors", "errorRateScore", \.errors),
            ("resources", "resourceUtilizationScore", \.resources),
            ("baselineDelta", "baselineDeltaScore", \.baselineDelta),
        ]
    }

    func rules(_ root: YAMLValue) -> [WeightRule] {
        let top = KnownKeys(known: RuleSelector.keys.known + ["traceId", "weights"])
        guard let map = root.map(top, example: Self.example) else { return [] }
        let selector = RuleSelector(map)
        guard let weights = map.required("weights", example: Self.example) else { return [] }
        let values = weights.isList ? weights.list(example: Self.example) ?? [] : [weights]
        return values.compactMap { rule($0, selector) }
    }

    private func rule(_ value: YAMLValue, _ outer: RuleSelector) -> WeightRule? {
        let known = RuleSelector.keys.known + Self.names.map(\.short) + Self.names.map(\.long)
        guard let map = value.map(KnownKeys(known: known), example: Self.example) else { return nil }
        guard let weights = weights(map) else { return nil }
        let selector = outer.overridden(by: map)
        return WeightRule(selector: selector, weights: weights, source: value.source)
    }

    /// Keys of a map of weights.
    static var weightKeys: [String] { names.map(\.short) + names.map(\.long) }

    /// `nil` after reporting what is wrong, such as a sum that is not 1.
    func weights(_ map: YAMLMap) -> ScoreWeights? {
        var weights = ScoreWeights()
        var sum = 0.0
        for (short, long, path) in Self.names {
            // A weight that is not given is none, so that a file shows all that counts.
            var weight = 0.0
            if let given = map[short] ?? map[long] {
                guard let number = given.number("a weight from 0 to 1", in: 0...1, example: "latency: 0.35") else {
                    return nil
                }
                weight = number
            }
            weights[keyPath: path] = weight
            sum += weight
        }
        guard abs(sum - 1) < 1e-6 else {
            let shown = (sum * 1000).rounded() / 1000
            map.value.error("the weights sum to \(shown), expected 1; example: `\(Self.example)`")
            return nil
        }
        return weights
    }
}
