import Correlation
import Glibc
import Statistics
import Telemetry

/// Tests everything that a deploy can be blamed for, one operation after another.
struct CheckComparison {
    let timeline: CheckTimeline
    let sides: CheckSides
    let scope: CheckScope
    let control: CheckControl
    let season: SeasonalControl
    let settings: DeployCheckSettings
    /// What was seen of each operation on either side.
    let before: [OperationWindow]
    let after: [OperationWindow]
    /// That are read.
    let bins: Range<Int>

    init(
        _ timeline: CheckTimeline,
        sides: CheckSides,
        scope: CheckScope,
        control: CheckControl,
        season: SeasonalControl,
        settings: DeployCheckSettings
    ) {
        self.timeline = timeline
        self.sides = sides
        self.scope = scope
        self.control = control
        self.season = season
        self.settings = settings
        bins = sides.bins(with: season, of: timeline)
        // The minute of the deploy is of neither side.
        let (early, late) = (
            timeline.wholeWindows(endingBy: sides.before), timeline.wholeWindows(beginningFrom: sides.after)
        )
        before = timeline.operations.indices.map { operation in
            let isOwn = scope.own.contains(operation)
            let range = isOwn && scope.isConcurrent ? late : early
            return timeline.merged(operation, in: range, version: isOwn ? scope.oldVersion : .all)
        }
        after = timeline.operations.indices.map { operation in
            timeline.merged(
                operation,
                in: late,
                version: scope.own.contains(operation) ? scope.newVersion : .all
            )
        }
    }

    /// Everything that could be tested.
    func candidates() -> [CheckCandidate] {
        // Only its own operations can be told apart by version.
        let tested = (scope.isConcurrent ? scope.own : scope.own.union(scope.neighbours)).sorted()
        var drafts = tested.compactMap { draft(of: $0) }
        if !scope.isConcurrent, !settings.isQuick {
            drafts += scope.entries.sorted().compactMap { draft(of: $0, isWhole: true) }
        }
        for signal in [CheckFinding.Signal.location, .tail] {
            let tests = drafts.flatMap(\.parts).filter { $0.signal == signal }.map(\.test)
            guard let prior = CheckTest.prior(tests) else { continue }
            for draft in drafts.indices {
                for part in drafts[draft].parts.indices where drafts[draft].parts[part].signal == signal {
                    drafts[draft].parts[part].test.moderate(by: prior)
                }
            }
        }
        return drafts.map { latency($0) }
            + tested.flatMap { [errors(of: $0), calls(of: $0)].compactMap { $0 } }
    }

    /// How often a request that enters calls the operation.
    func callsPerEntry(_ operation: Int) -> Double {
        let entries = roots(of: operation).reduce(0) { $0 + before[$1].count }
        return entries > 0 ? Double(before[operation].count) / Double(entries) : 1
    }

    private func roots(of operation: Int) -> [Int] {
        let callers = scope.tree.ancestors(of: operation)
        return (callers.isEmpty ? [operation] : callers.sorted()).filter { scope.tree.callers[$0].isEmpty }
    }

    /// Least change of an operation's time that matters, milliseconds.
    func floor(_ operation: Int) -> Double {
        let entry = roots(of: operation).max { before[$0].count < before[$1].count }
        let median = entry.map { Double(before[$0].total.quantile(0.5)) / 1e6 } ?? 0
        return max(settings.floorMilliseconds, settings.floorShare * median)
    }

    /// Whether a change is still there in the second half of all that was seen since, in most of its bins.
    func persistence(_ series: SignalSeries, _ test: CheckTest) -> CheckFinding.Persistence {
        persistence(series, change: test.change, expected: test.expected)
    }

    func persistence(
        _ series: SignalSeries,
        change: Double,
        expected: Double = 0
    ) -> CheckFinding.Persistence {
        let since = sides.since
        guard since.count >= CheckComparison.leastBinsToStay else { return .tooEarly }
        let late = (since.lowerBound + since.count / 2)..<since.upperBound
        let level = scope.isConcurrent ? 0 : series.ratio(sides.before).value + expected
        let wanted = CheckComparison.stayingShare * change
        let values = late.filter { series.counts[$0] > 0 }.map { series.sums[$0] / series.counts[$0] - level }.sorted()
        guard !values.isEmpty else { return .tooEarly }
        let stays = series.ratio(late).value - level >= wanted && values[values.count / 2] >= wanted
        return stays ? .lasting : .transient
    }

    /// The slowdown of a steady operation of the service that this check would have seen four times in five.
    func missableRatio() -> Double? {
        let busiest = scope.own.filter { before[$0].count >= settings.minimumRequests }
            .max { before[$0].own.sum < before[$1].own.sum }
        guard let busiest, let part = location(busiest, isWhole: false, floor: 0) else { return nil }
        let error = part.test.standardError
        return error.isFinite ? exp((CheckComparison.decisiveErrors + 0.84) * error) : nil
    }

    private static let leastBinsToStay = 6
    private static let stayingShare = 0.3
    /// About what the corrected tests of a check ask for.
    private static let decisiveErrors = 3.0
}
