/// The numbers behind streaming anomalies; defaults of `spec/statistics.md` section 6.
package struct AnomalyRules: Sendable, Hashable {
    /// Minutes of the trailing baseline, and how many it needs before it says anything.
    package var baselinePoints = 1_440
    package var minimumPoints = 60
    /// Fewer spans than this make no point.
    package var minimumSpans = 30
    /// Robust z from which a point is strange: three of the last five make a warning.
    package var warningZ = 4.0
    /// All of the last five make it critical.
    package var criticalZ = 6.0
    /// The smallest change that anybody wants to hear of, as a share of the median.
    package var effect = 0.25
    /// Weight of the newest point in the moving average of z.
    package var averageWeight = 0.2
    /// The average's limit, in its own standard deviations.
    package var averageLimit = 3.0
    /// Days with the same hour that seasonality needs.
    package var seasonalDays = 3
    /// Nanoseconds after a deploy in which the points of its service teach nobody and alert nobody.
    package var guardTime: UInt64 = 120_000_000_000
    /// Series beyond this are not followed; the longest unseen are forgotten first.
    package var seriesLimit = 2_000

    package init() {}
}
