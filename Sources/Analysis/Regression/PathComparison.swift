package import Correlation

/// One path against the baseline.
///
/// Times are means per request of the endpoint, milliseconds.
package struct PathComparison: Sendable, Hashable, Codable {
    /// Root first.
    package var stack: [PathFrame]
    /// Index into the current profile, and into the merged baseline profile.
    package var current: Int?
    package var baseline: Int?
    /// Critical-path time.
    package var critical: ChangeEstimate
    /// Critical-path time of the tail cohort alone; `nil` where one side has too few slow traces.
    package var tail: TailShift?
    package var callsBefore: Double
    package var callsAfter: Double
    /// `critical.delta` over the endpoint's change of mean; `nil` when the endpoint did not slow down.
    package var explainedShare: Double?

    package init(
        stack: [PathFrame],
        current: Int?,
        baseline: Int?,
        critical: ChangeEstimate,
        tail: TailShift? = nil,
        callsBefore: Double,
        callsAfter: Double,
        explainedShare: Double?
    ) {
        self.stack = stack
        self.current = current
        self.baseline = baseline
        self.critical = critical
        self.tail = tail
        self.callsBefore = callsBefore
        self.callsAfter = callsAfter
        self.explainedShare = explainedShare
    }
}
