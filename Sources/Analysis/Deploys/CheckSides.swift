import Correlation
import Telemetry

/// The stretches of time that a check compares, and the earlier ones that calibrate it.
struct CheckSides {
    let before: Range<Int>
    let after: Range<Int>
    /// All bins after the guard: whether a change stayed.
    let since: Range<Int>
    let placebos: [(before: Range<Int>, after: Range<Int>)]

    /// Why a side is too short; `nil` when both will do.
    let shortage: String?

    /// Bins in which nothing was deployed, from the first one that a placebo uses up to the deploy.
    let history: [Int]

    /// Of the service in each bin, by its busiest operation.
    let requests: [Double]

    init(_ timeline: CheckTimeline, deploy: DeployMarker, others: [DeployMarker], settings: DeployCheckSettings) {
        let service = timeline.operations.indices.filter { timeline.operations[$0].service == deploy.service }
        let total = service.reduce(into: [Double](repeating: 0, count: timeline.binCount)) { sums, operation in
            let counts = timeline.errors(operation, in: 0..<timeline.binCount).counts
            // The busiest operation stands for the requests of its service.
            for bin in sums.indices { sums[bin] = max(sums[bin], counts[bin]) }
        }
        requests = total
        let end = timeline.bins(in: 0..<deploy.at).upperBound
        let begin = timeline.bins(in: min(deploy.at + settings.guardTime, .max - 1)..<UInt64.max).lowerBound
        let longest = Int(settings.longestWindow / timeline.binLength)
        // Later looks see more, and with it smaller changes.
        var length = min(longest, max(Int(settings.window / timeline.binLength), timeline.binCount - begin))
        var (before, after, shortage): (Range<Int>, Range<Int>, String?) = (0..<0, 0..<0, nil)
        while true {
            before = max(0, end - length)..<end
            after = min(begin, timeline.binCount)..<min(begin + length, timeline.binCount)
            shortage =
                CheckSides.shortage(before, "before", total, settings)
                ?? CheckSides.shortage(after, "after", total, settings)
            guard shortage != nil, length < longest else { break }
            length = min(longest, length * 2)
        }
        self.before = before
        self.after = after
        self.shortage = shortage
        since = after.lowerBound..<timeline.binCount
        let marks = others.filter { $0.at < deploy.at }.map {
            timeline.bins(in: 0..<$0.at).upperBound..<timeline.bins(in: 0..<(min($0.at + settings.guardTime, .max - 1)))
                .upperBound + 1
        }
        let start = deploy.at - min(deploy.at, settings.history)
        placebos = CheckSides.placebos(
            before: before,
            after: after,
            from: timeline.bins(in: start..<deploy.at).lowerBound,
            marks: marks,
            requests: total,
            settings: settings
        )
        let first = placebos.map(\.before.lowerBound).min() ?? before.lowerBound
        history = (first..<before.upperBound).filter { bin in !marks.contains { $0.contains(bin) } }
    }

    /// All bins that tests read: from the earliest of history, or of the same time on an earlier day.
    func bins(with season: SeasonalControl, of timeline: CheckTimeline) -> Range<Int> {
        let first = history.first ?? before.lowerBound
        return max(0, first - (season.lags.max() ?? 0))..<timeline.binCount
    }

    private static func shortage(
        _ side: Range<Int>,
        _ name: String,
        _ requests: [Double],
        _ settings: DeployCheckSettings
    ) -> String? {
        let filled = side.count { requests[$0] > 0 }
        let sum = Int(side.reduce(0) { $0 + requests[$1] })
        let ending = filled == 1 ? "" : "s"
        let unit = settings.isQuick ? "bin\(ending) of 10 s" : "minute\(ending)"
        if filled < settings.minimumBins {
            return "only \(filled) \(unit) with requests \(name) the deploy, \(settings.minimumBins) are needed"
        }
        if sum < settings.minimumRequests {
            return "only \(sum) requests \(name) the deploy, \(settings.minimumRequests) are needed"
        }
        return nil
    }

    /// Earlier pairs of the same lengths and the same gap, back in time, without a deploy in any.
    private static func placebos(
        before: Range<Int>,
        after: Range<Int>,
        from first: Int,
        marks: [Range<Int>],
        requests: [Double],
        settings: DeployCheckSettings
    ) -> [(before: Range<Int>, after: Range<Int>)] {
        guard !before.isEmpty, !after.isEmpty else { return [] }
        let gap = after.lowerBound - before.upperBound
        var pairs: [(before: Range<Int>, after: Range<Int>)] = []
        var end = before.upperBound
        while pairs.count < settings.placeboPairs {
            let late = end - after.count..<end
            let early = late.lowerBound - gap - before.count..<late.lowerBound - gap
            guard early.lowerBound >= first else { break }
            let whole = early.lowerBound..<late.upperBound
            if let mark = marks.first(where: { $0.overlaps(whole) }) {
                end = min(end - 1, mark.lowerBound)
                continue
            }
            end -= after.count
            // Hours without any telemetry say nothing.
            if whole.count(where: { requests[$0] > 0 }) * 2 > whole.count { pairs.append((early, late)) }
        }
        return pairs
    }
}

extension CheckSides {
    /// Whether a moment lies in what is compared.
    func covers(_ moment: UInt64, _ timeline: CheckTimeline) -> Bool {
        let (early, late) = (timeline.time(of: before), timeline.time(of: after))
        return moment >= early.lowerBound && moment < max(late.upperBound, early.upperBound)
    }
}
