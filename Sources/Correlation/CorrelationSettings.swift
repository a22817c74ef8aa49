/// The numbers behind the join and the critical path; defaults are those of `spec/analysis.md` sections 1, 2 and 5.0.
package struct CorrelationSettings: Sendable {
    /// Whether a request carried the sampled flag: a pure function of its number.
    package var isSampled: @Sendable (UInt64) -> Bool = { _ in true }
    /// Share of a client operation's calls that must have a server span before a call without one is a gap, 0...1.
    package var instrumentedShare = 0.95
    /// Share of an operation's calls that must outlive their parent before it counts as asynchronous, 0...1.
    package var outlivingShare = 0.20
    /// How far the clocks of two hosts may be apart.
    package var skewUncertaintyNanoseconds: UInt64 = 0
    /// Traces whose critical path is less sure stay out of the profile, 0...1.
    package var minimumConfidence = 0.5
    /// Paths an endpoint; further ones are folded into one.
    package var pathLimit = 2_000

    package init() {}

    /// How much later than its caller a span may end and still count as ending with it.
    func overrunTolerance(ofParentLasting duration: UInt64) -> UInt64 {
        max(skewUncertaintyNanoseconds, duration / 100, CorrelationSettings.millisecond)
    }

    /// How far two siblings of another host than their caller's may overlap and still count as one after the other.
    func overlapTolerance(ofParentLasting duration: UInt64) -> UInt64 {
        min(duration / 100, max(CorrelationSettings.millisecond, skewUncertaintyNanoseconds))
    }

    private static let millisecond: UInt64 = 1_000_000
}
