/// What became of the trace ids that were issued.
///
/// The states sum to `requested`.
package struct Completeness: Sendable, Hashable, Codable {
    package var requested = 0
    package var states: [TraceState: Int] = [:]
    /// Spans of this run, after deduplication.
    package var spans = 0
    package var duplicateSpans = 0
    package var collidingSpans = 0
    /// Spans with a trace id that is not ours.
    package var foreignSpans = 0
    /// Spans the store had no room for.
    package var evictedSpans = 0
    /// Spans the receiver refused as invalid.
    package var rejectedSpans = 0

    package init() {}

    package subscript(state: TraceState) -> Int { states[state] ?? 0 }

    /// Requests that owe a trace.
    package var sampled: Int { requested - self[.unsampled] - self[.notSent] }

    /// Complete over sampled, 0...1; `nil` when no trace was owed.
    package var coverage: Double? { sampled == 0 ? nil : Double(self[.complete]) / Double(sampled) }

    package var isBalanced: Bool { states.values.reduce(0, +) == requested }

    package mutating func merge(_ other: Completeness) {
        requested += other.requested
        states.merge(other.states, uniquingKeysWith: +)
        spans += other.spans
        duplicateSpans += other.duplicateSpans
        collidingSpans += other.collidingSpans
        foreignSpans += other.foreignSpans
        evictedSpans += other.evictedSpans
        rejectedSpans += other.rejectedSpans
    }
}
