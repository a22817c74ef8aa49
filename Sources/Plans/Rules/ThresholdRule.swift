/// Limits for whatever the selector matches.
///
/// The most specific match wins, field by field.
package struct ThresholdRule: SelectedRule, Sendable, Hashable {
    package var selector: RuleSelector
    package var limits: Limits
    /// Shown beside the limit in artifacts, such as `perf-thresholds.yaml:4`.
    package var source: String

    package init(selector: RuleSelector = RuleSelector(), limits: Limits, source: String) {
        self.selector = selector
        self.limits = limits
        self.source = source
    }
}
