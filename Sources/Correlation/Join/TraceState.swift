/// The one state in which an issued trace id ends (`spec/analysis.md` section 2).
package enum TraceState: String, Sendable, Hashable, CaseIterable, Codable, CodingKeyRepresentable {
    /// Root seen, every parent resolved, every call to an instrumented service has its server span.
    case complete
    /// Spans came, but not the one called by the generator.
    case rootMissing
    /// The root came, but a span names a parent that did not.
    case orphaned
    /// A call to an instrumented service lacks its server span.
    case truncated
    /// Sent with sampling off.
    case unsampled
    /// Answered, but no span came before the drain ended.
    case neverArrived
    /// The request itself never went out or was cut off, so no trace is owed.
    case notSent
}
