package import Correlation

/// One endpoint against its baseline: the whole latency, then every path (`spec/statistics.md` section 4 a).
package struct EndpointComparison: Sendable, Hashable, Codable {
    package var endpoint: String
    /// Newest first.
    package var baselineRunIDs: [String]
    /// The runs' profiles merged: the "before" of tables and diff flamegraphs.
    package var baselineProfile: EndpointProfile
    /// Client-observed p95 from the intended start, milliseconds.
    package var p95: ChangeEstimate
    /// Mean client-side duration of complete traces.
    package var mean: ChangeEstimate
    package var baselineErrorRate: Double
    package var baselineScore: Double
    package var baselineStatus: String
    /// One a path of the current profile, then the paths that only the baseline has.
    package var paths: [PathComparison]
    /// Why nothing may be concluded (coverage, too few traces, another environment); `nil` when it may.
    package var notComparable: String?

    package init(
        endpoint: String,
        baselineRunIDs: [String],
        baselineProfile: EndpointProfile,
        p95: ChangeEstimate,
        mean: ChangeEstimate,
        baselineErrorRate: Double,
        baselineScore: Double,
        baselineStatus: String,
        paths: [PathComparison],
        notComparable: String?
    ) {
        self.endpoint = endpoint
        self.baselineRunIDs = baselineRunIDs
        self.baselineProfile = baselineProfile
        self.p95 = p95
        self.mean = mean
        self.baselineErrorRate = baselineErrorRate
        self.baselineScore = baselineScore
        self.baselineStatus = baselineStatus
        self.paths = paths
        self.notComparable = notComparable
    }
}

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

/// The four decisions, never a bare boolean.
package enum ChangeDecision: String, Sendable, Hashable, Codable {
    case regression, improvement, noChange, inconclusive
}

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
    package var callsBefore: Double
    package var callsAfter: Double
    /// `critical.delta` over the endpoint's change of mean; `nil` when the endpoint did not slow down.
    package var explainedShare: Double?

    package init(
        stack: [PathFrame],
        current: Int?,
        baseline: Int?,
        critical: ChangeEstimate,
        callsBefore: Double,
        callsAfter: Double,
        explainedShare: Double?
    ) {
        self.stack = stack
        self.current = current
        self.baseline = baseline
        self.critical = critical
        self.callsBefore = callsBefore
        self.callsAfter = callsAfter
        self.explainedShare = explainedShare
    }
}
