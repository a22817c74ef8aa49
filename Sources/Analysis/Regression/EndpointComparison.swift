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
