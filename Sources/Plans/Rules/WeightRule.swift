/// Weights of the score for whatever the selector matches: `customWeighting.yaml`.
package struct WeightRule: SelectedRule, Sendable, Hashable {
    package var selector: RuleSelector
    package var weights: ScoreWeights
    /// Shown beside the score in artifacts, such as `customWeighting.yaml:2`.
    package var source: String

    package init(selector: RuleSelector = RuleSelector(), weights: ScoreWeights, source: String) {
        self.selector = selector
        self.weights = weights
        self.source = source
    }
}
