/// Before and after of one quantity in milliseconds, and what may be concluded.
package struct ChangeEstimate: Sendable, Hashable, Codable {
    package var before: Double
    package var after: Double
    /// 95 % interval of `after / before`; `nil` when it cannot be estimated.
    package var ratioLow: Double?
    package var ratioHigh: Double?
    /// One-sided p-value of a slowdown, and after Benjamini-Hochberg over the comparison; `nil` when untested.
    package var p: Double?
    package var q: Double?
    /// Posterior probability of a practical slowdown, 0...1.
    package var confidence: Double
    package var decision: ChangeDecision

    package init(
        before: Double,
        after: Double,
        ratioLow: Double? = nil,
        ratioHigh: Double? = nil,
        p: Double? = nil,
        q: Double? = nil,
        confidence: Double = 0,
        decision: ChangeDecision
    ) {
        self.before = before
        self.after = after
        self.ratioLow = ratioLow
        self.ratioHigh = ratioHigh
        self.p = p
        self.q = q
        self.confidence = confidence
        self.decision = decision
    }

    package var delta: Double { after - before }

    /// `after / before`; `nil` when there was nothing before.
    package var ratio: Double? { before > 0 ? after / before : nil }
}
