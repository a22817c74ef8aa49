/// A person's note about tests: what it changes shows in every artifact, with its source.
///
/// From `studio.annotation.yaml`, or given over the service and kept in the store.
package struct Annotation: SelectedRule, Sendable, Hashable {
    package var selector: RuleSelector
    /// Who says so, and why, as written.
    package var author: String?
    package var reason: String?
    /// Holds until then; `nil` holds for ever.
    package var until: AnnotationDate?
    /// Stands in for the status that was found.
    package var status: AnnotatedStatus?
    /// Known to be flaky: a bad outcome asks for review instead of failing the gate.
    package var isFlaky = false
    package var excludesFromGate = false
    /// Parts that do not count; all of them where the whole test is exploratory.
    package var excludedParts: Set<ScorePart> = []
    /// In place of those of `perf-thresholds.yaml`, field by field.
    package var limits = Limits()
    /// What a repetition changes.
    package var retry: AnnotatedRetry?
    /// What is said of a finding; the other fields are about the tests in which it shows.
    package var finding: AnnotatedFinding?
    /// Such as `studio.annotation.yaml:4`.
    package var source: String

    package init(selector: RuleSelector = RuleSelector(), source: String) {
        self.selector = selector
        self.source = source
    }

    /// `studio.annotation.yaml:4 by dana: noisy neighbour, until 2026-12-31`.
    package var attribution: String {
        source + (author.map { " by \($0)" } ?? "") + (reason.map { ": \($0)" } ?? "")
            + (until.map { ", until \($0.text)" } ?? "")
    }

    /// Whether it no longer holds at `now`, Unix seconds.
    package func isExpired(at now: Int64) -> Bool { until.map { $0.seconds < now } ?? false }
}
