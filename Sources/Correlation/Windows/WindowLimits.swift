/// What one window may hold: what is beyond is folded together, never lost from the counts.
package struct WindowLimits: Sendable, Hashable {
    /// Operations times versions; the rarest beyond it become one that is named `<other>`.
    package var operations = 2_000
    /// Of the critical paths of all traces.
    package var paths = 4_000
    /// Classes of error of one operation; the rarest beyond it become `other`.
    package var errorTypes = 16
    /// Entries of which a typical and a worst trace are kept, the most frequent first.
    package var exemplarEntries = 20
    /// Failed traces, one for each operation and class of error.
    package var erroringTraces = 40
    /// Spans of all traces that are kept as evidence.
    package var exemplarSpans = 20_000

    package init() {}

    /// Service and name of the operation that the rarest are folded into.
    package static let otherOperation = "<other>"
    /// The class of error that the rarest are folded into.
    package static let otherError = "other"
}
