/// Double-entry bookkeeping of arrivals: what the schedule issued, and how each ended.
package struct ArrivalLedger: Sendable, Hashable {
    package var scheduled: UInt64 = 0
    private var outcomes = [UInt64](repeating: 0, count: RequestOutcome.allCases.count)

    package init() {}

    package subscript(outcome: RequestOutcome) -> UInt64 {
        get { outcomes[Int(outcome.rawValue)] }
        set { outcomes[Int(outcome.rawValue)] = newValue }
    }

    package mutating func merge(_ other: ArrivalLedger) {
        scheduled += other.scheduled
        for outcome in RequestOutcome.allCases { self[outcome] += other[outcome] }
    }

    /// Whether every scheduled arrival is in exactly one bucket.
    ///
    /// A broken sum makes the run invalid.
    package var isBalanced: Bool { scheduled == outcomes.reduce(0, +) }

    package var completed: UInt64 { self[.completed] }
    package var answered: UInt64 { total { $0.wasAnswered } }
    package var dropped: UInt64 { total { $0.wasDropped } }
    /// Everything but `completed`: a drop counts as a failure.
    ///
    /// Requests cut off by the end of the run do not.
    package var failed: UInt64 { total { $0 != .completed && $0 != .aborted } }

    /// Failures over arrivals that ended, 0...1; 0 when none did.
    package var errorRate: Double {
        let ended = completed + failed
        return ended == 0 ? 0 : Double(failed) / Double(ended)
    }

    private func total(where include: (RequestOutcome) -> Bool) -> UInt64 {
        RequestOutcome.allCases.reduce(0) { include($1) ? $0 + self[$1] : $0 }
    }
}
