/// The slow requests that are not freaks: from the 90th percentile of duration to the 99.5th.
struct TailCohort {
    /// Fewer traces than this and a cohort is a handful of anecdotes.
    private static let least = 10

    let count: Int
    private let isMember: [Bool]

    /// `nil` where the cohort would be too small; equally long traces are taken in order.
    init?(_ durations: [UInt64]) {
        let total = Double(durations.count)
        let (first, last) = (Int((0.9 * total).rounded(.up)), Int((0.995 * total).rounded(.up)))
        guard last - first >= TailCohort.least else { return nil }
        let order = durations.indices.sorted { (durations[$0], $0) < (durations[$1], $1) }
        var isMember = [Bool](repeating: false, count: durations.count)
        for rank in first..<last { isMember[order[rank]] = true }
        self.isMember = isMember
        count = last - first
    }

    func contains(_ trace: Int) -> Bool { isMember[trace] }
}
