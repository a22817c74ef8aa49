/// Why a trace was chosen as evidence of what a window showed.
package enum ExemplarRole: String, Sendable, Hashable, CaseIterable {
    /// Nearest to the median of its entry.
    case typical
    /// The slowest of its entry.
    case worst
    /// Has a failed span.
    case erroring
}
