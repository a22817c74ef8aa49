package import Telemetry

/// A trace that is kept as evidence of what a window showed.
package struct StoredTrace: Sendable, Hashable {
    /// Why it was chosen.
    package enum Role: String, Sendable, Hashable, CaseIterable {
        /// Nearest to the median of its entry.
        case typical
        /// The slowest of its entry.
        case worst
        /// Has a failed span.
        case erroring
    }

    package var role: Role
    package var document: TraceDocument

    package init(role: Role, document: TraceDocument) {
        self.role = role
        self.document = document
    }
}
