package import Correlation
package import Telemetry

/// A trace that is kept as evidence of what a window showed.
package struct StoredTrace: Sendable, Hashable {
    package typealias Role = ExemplarRole

    package var role: Role
    package var document: TraceDocument

    package init(role: Role, document: TraceDocument) {
        self.role = role
        self.document = document
    }
}
