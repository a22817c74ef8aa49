/// An earlier result from `perf-baseline.memory.json`, which stands in where the store has none.
///
/// A few numbers, not distributions: they make limits, but no significance can be told from them.
package struct RecordedBaseline: SelectedRule, Sendable, Hashable {
    package var selector: RuleSelector
    /// `traceId`: where the result came from.
    package var lineageID: String?
    package var p95Milliseconds: Double
    package var rate: Double?
    package var errorRate: Double?
    package var score: Double?
    package var status: String?
    package var source: String

    package init(selector: RuleSelector = RuleSelector(), p95Milliseconds: Double, source: String) {
        self.selector = selector
        self.p95Milliseconds = p95Milliseconds
        self.source = source
    }

    /// "the baseline is the newest passing run": one that failed is none.
    package var isAcceptable: Bool { status.map { ["pass", "exploratory", "warning"].contains($0) } ?? true }
}
