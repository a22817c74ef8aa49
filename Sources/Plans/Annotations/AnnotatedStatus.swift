/// The verdicts a person may give.
package enum AnnotatedStatus: String, Sendable, Hashable, CaseIterable {
    case pass, warning, degraded, fail
}
