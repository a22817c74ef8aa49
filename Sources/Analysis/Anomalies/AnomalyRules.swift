/// The numbers behind streaming anomalies; defaults of `spec/statistics.md` section 6.
package struct AnomalyRules: Sendable, Hashable {
    /// Minutes of the trailing baseline, and how many it needs before it says anything.
    package var baselinePoints = 1_440
    package var minimumPoints = 60
    /// Fewer spans than this make no point.
    package var minimumSpans = 30
    /// The least spread that is believed, as a share of the median: quieter series would make anything strange.
    package var leastSpread = 0.05
    /// Robust z from which a point is strange, and how many of the recent ones make a warning.
    package var warningZ = 4.0
    package var warningPoints = 3
    /// All of the recent points make it critical.
    package var criticalZ = 6.0
    /// Points that are looked back at.
    package var recentPoints = 5
    /// The smallest change that anybody wants to hear of, as a share of the median.
    package var effect = 0.25
    /// Weight of the newest point in the moving average of z.
    package var averageWeight = 0.2
    /// The average's limit, in its own standard deviations.
    package var averageLimit = 3.0
    /// Days before, and how many of them must have the same hour, for seasonality; points that make an hour.
    package var seasonLength = 7
    package var seasonalDays = 3
    package var hourPoints = 20
    /// Points that are not anomalous, one after another, which end an episode.
    package var calmPoints = 5
    /// Minutes after which what lasts is the new usual.
    package var longestFreeze = 120
    /// Minutes without a point that end an episode.
    package var longestGap = 30
    /// Nanoseconds after a deploy in which the points of its service teach nobody and alert nobody.
    package var guardTime: UInt64 = 120_000_000_000
    /// How fast error budgets may burn, the strictest first.
    package var burnRules = BurnRule.standard
    /// Failed requests of the long stretch below which nothing burns.
    package var minimumBadRequests = 10
    /// Operations beyond this are not followed; the longest unseen are forgotten first.
    package var seriesLimit = 2_000
    /// Of operations with an error budget, of which three days of minutes are kept: 52 KiB each.
    package var budgetLimit = 500

    package init() {}
}
