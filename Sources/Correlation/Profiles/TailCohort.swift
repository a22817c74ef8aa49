import Statistics

/// The slow requests that are not freaks: from the 90th percentile of duration to the 99.5th.
///
/// As fine as the histogram's buckets: requests of one bucket are all in or all out.
struct TailCohort {
    /// Fewer traces than this and a cohort is a handful of anecdotes.
    private static let least = 10.0

    private let buckets: ClosedRange<Int>
    private let durations: LatencyHistogram

    /// `nil` where the cohort would be too small.
    init?(_ durations: LatencyHistogram) {
        let total = Double(durations.count)
        let (first, last) = ((0.9 * total).rounded(.up), (0.995 * total).rounded(.up))
        guard last - first >= TailCohort.least else { return nil }
        let low = durations.bucket(of: durations.value(atRank: UInt64(first) + 1))
        let high = durations.bucket(of: durations.value(atRank: UInt64(last)))
        buckets = low...max(low, high)
        self.durations = durations
    }

    func contains(_ duration: UInt64) -> Bool { buckets.contains(durations.bucket(of: duration)) }
}
