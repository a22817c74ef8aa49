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
    let settings: DeployCheckSettings
    /// What was seen of each operation on either side.
    let before: [OperationWindow]
    let after: [OperationWindow]
    private let bins: Range<Int>

    init(
        _ timeline: CheckTimeline,
        sides: CheckSides,
        scope: CheckScope,
        control: CheckControl,
        settings: DeployCheckSettings
    ) {
        self.timeline = timeline
        self.sides = sides
        self.scope = scope
        self.control = control
        self.settings = settings
        bins = (sides.history.first ?? sides.before.lowerBound)..<timeline.binCount
        before = timeline.operations.indices.map { operation in
            let isOwn = scope.own.contains(operation)
            let range = isOwn && scope.isConcurrent ? sides.after : sides.before
            return timeline.merged(operation, in: range, version: isOwn ? scope.oldVersion : .all)
        }
        after = timeline.operations.indices.map { operation in
            timeline.merged(
                operation,
                in: sides.after,
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

    // MARK: - Latency

    /// The latency of one operation, as its tests stand before they learn from one another.
    private struct Draft {
        var operation: Int
        var isWhole: Bool
        /// At least one.
        var parts: [Part]
        var early: LatencyHistogram
        var late: LatencyHistogram
    }

    private struct Part {
        var signal: CheckFinding.Signal
        var test: CheckTest
        var series: SignalSeries
        var logEffect: Double
        var before: Double
        var after: Double
        var isPractical: Bool
    }

    private func draft(of operation: Int, isWhole: Bool = false) -> Draft? {
        let isTotal = isWhole || settings.isQuick
        let early = isTotal ? before[operation].total : before[operation].own
        let late = isTotal ? after[operation].total : after[operation].own
        guard min(early.count, late.count) >= CheckComparison.minimumTailRecords else { return nil }
        let floor = floor(operation)
        let calls = callsPerEntry(operation)
        // What takes no time to speak of cannot have changed by any.
        guard max(early.mean, late.mean) / 1e6 * max(1, calls) >= floor else { return nil }
        var parts: [Part] = []
        if let part = location(operation, isWhole: isWhole, floor: floor / max(1, calls)) { parts.append(part) }
        if !settings.isQuick,
            let part = tail(operation, isWhole: isWhole, early, late, floor: floor / max(1, calls))
        {
            parts.append(part)
        }
        guard !parts.isEmpty else { return nil }
        return Draft(operation: operation, isWhole: isTotal, parts: parts, early: early, late: late)
    }

    private func latency(_ draft: Draft) -> CheckCandidate {
        let (operation, early, late) = (draft.operation, draft.early, draft.late)
        var chosen = draft.parts[0]
        for part in draft.parts where part.test.pGreater < chosen.test.pGreater { chosen = part }
        var p = MultipleTesting.simes(draft.parts.map(\.test.pGreater))
        if !chosen.isPractical, let other = draft.parts.first(where: \.isPractical) {
            chosen = other
            p = min(1, max(p, 2 * other.test.pGreater))
        }
        let error =
            chosen.signal == .location
            ? chosen.test.standardError
            : CheckCandidate.standardError(logEffect: chosen.logEffect, p: p)
        var candidate = CheckCandidate(
            operation: operation,
            signal: chosen.signal,
            isWhole: draft.isWhole,
            before: chosen.before,
            after: chosen.after,
            ratio: exp(chosen.logEffect),
            p: p,
            standardError: error.isFinite ? error : 0,
            isPractical: chosen.isPractical,
            persistence: persistence(chosen.series, chosen.test.change)
        )
        if chosen.signal == .location {
            let interval = chosen.test.interval
            candidate.interval = exp(interval.lowerBound)...exp(min(interval.upperBound, 700))
        }
        let calls = callsPerEntry(operation)
        candidate.cost = early.mean / 1e6 * calls * (exp(min(chosen.logEffect, 20)) - 1)
        candidate.costError = early.mean / 1e6 * calls * candidate.standardError
        if chosen.signal == .tail { candidate.cost = (late.mean - early.mean) / 1e6 * calls }
        return candidate
    }

    private func location(_ operation: Int, isWhole: Bool, floor: Double) -> Part? {
        func series(_ version: CheckTimeline.VersionFilter) -> SignalSeries {
            isWhole
                ? timeline.wholeLocation(operation, in: bins)
                : timeline.location(operation, in: bins, version: version)
        }
        return part(.location, operation, series) { test, level in
            let typical = exp(level) / 1e6
            let after = typical * exp(min(test.change, 20))
            return (
                test.change, typical, after,
                exp(test.change) >= settings.locationRatio && after - typical >= floor
            )
        }
    }

    private func tail(
        _ operation: Int,
        isWhole: Bool,
        _ early: LatencyHistogram,
        _ late: LatencyHistogram,
        floor: Double
    ) -> Part? {
        let limit = early.quantile(0.95)
        let (before, after) = (Double(limit) / 1e6, Double(late.quantile(0.95)) / 1e6)
        func series(_ version: CheckTimeline.VersionFilter) -> SignalSeries {
            timeline.tail(operation, above: limit, isWhole: isWhole, in: bins, version: version)
        }
        return part(.tail, operation, series) { _, _ in
            let ratio = before > 0 ? after / before : 1
            return (log(max(ratio, 1e-9)), before, after, ratio >= settings.tailRatio && after - before >= floor)
        }
    }

    private func part(
        _ signal: CheckFinding.Signal,
        _ operation: Int,
        _ series: (CheckTimeline.VersionFilter) -> SignalSeries,
        _ effect: (CheckTest, Double) -> (log: Double, before: Double, after: Double, isPractical: Bool)
    ) -> Part? {
        let test: CheckTest
        let shown: SignalSeries
        let level: Double
        if scope.isConcurrent {
            let (new, old) = (series(scope.newVersion), series(scope.oldVersion))
            guard new.filled(sides.after) >= settings.minimumBins, old.filled(sides.after) >= settings.minimumBins
            else { return nil }
            test = CheckTest(new, against: old, bins: sides.after)
            level = old.ratio(sides.after).value
            shown = new.difference(from: old)
        } else {
            let all = series(.all)
            guard all.filled(sides.before) >= settings.minimumBins, all.filled(sides.after) >= settings.minimumBins
            else { return nil }
            shown = control.adjusted(all, sides: sides)
            test = CheckTest(shown, sides: sides)
            level = shown.ratio(sides.before).value
        }
        let found = effect(test, level)
        return Part(
            signal: signal,
            test: test,
            series: shown,
            logEffect: found.log,
            before: found.before,
            after: found.after,
            isPractical: found.isPractical
        )
    }

    /// Whether a change is still there in the second half of all that was seen since, in most of its bins.
    private func persistence(_ series: SignalSeries, _ change: Double) -> CheckFinding.Persistence {
        let since = sides.since
        guard since.count >= CheckComparison.leastBinsToStay else { return .tooEarly }
        let late = (since.lowerBound + since.count / 2)..<since.upperBound
        let level = scope.isConcurrent ? 0 : series.ratio(sides.before).value
        let wanted = CheckComparison.stayingShare * change
        let values = late.filter { series.counts[$0] > 0 }.map { series.sums[$0] / series.counts[$0] - level }.sorted()
        guard !values.isEmpty else { return .tooEarly }
        let stays = series.ratio(late).value - level >= wanted && values[values.count / 2] >= wanted
        return stays ? .lasting : .transient
    }

    // MARK: - Errors and calls

    private func errors(of operation: Int) -> CheckCandidate? {
        guard before[operation].errors + after[operation].errors >= settings.minimumNewErrors else { return nil }
        let isConcurrent = scope.isConcurrent && scope.own.contains(operation)
        let new = timeline.errors(operation, in: bins, version: isConcurrent ? scope.newVersion : .all)
        let old = isConcurrent ? timeline.errors(operation, in: bins, version: scope.oldVersion) : new
        let early = isConcurrent ? sides.after : sides.before
        guard new.counts[sides.after].contains(where: { $0 > 0 }), old.counts[early].contains(where: { $0 > 0 }) else {
            return nil
        }
        let test = ErrorTest(before: old, in: early, after: new, in: sides.after)
        let share = { (failed: Int, of: Int) in (Double(failed) + 0.5) / (Double(of) + 1) }
        let effect = log(
            share(after[operation].errors, after[operation].count)
                / share(before[operation].errors, before[operation].count)
        )
        return CheckCandidate(
            operation: operation,
            signal: .errorRate,
            before: test.before,
            after: test.after,
            ratio: test.before > 0 ? test.after / test.before : nil,
            p: test.p,
            standardError: CheckCandidate.standardError(logEffect: effect, p: test.p),
            isPractical: exp(effect) >= settings.errorRatio && test.after - test.before >= settings.floorErrorRate,
            persistence: persistence(isConcurrent ? new.difference(from: old) : new, test.after - test.before)
        )
    }

    private func calls(of operation: Int) -> CheckCandidate? {
        let isOwn = scope.own.contains(operation)
        let callers = scope.tree.callers[operation].filter { !scope.isConcurrent || scope.own.contains($0) }
        guard !callers.isEmpty, isOwn || !scope.isConcurrent else { return nil }
        func series(_ version: CheckTimeline.VersionFilter) -> SignalSeries {
            timeline.calls(operation, by: callers, in: bins, version: version)
        }
        let test: CheckTest
        let (shown, level): (SignalSeries, Double)
        if scope.isConcurrent {
            let (new, old) = (series(scope.newVersion), series(scope.oldVersion))
            test = CheckTest(new, against: old, bins: sides.after)
            (shown, level) = (new.difference(from: old), old.ratio(sides.after).value)
        } else {
            shown = series(.all)
            test = CheckTest(shown, sides: sides)
            level = shown.ratio(sides.before).value
        }
        // What is the same for every request, before and after, cannot be rejected and is no test.
        guard level > 0, abs(test.change) > 1e-9 * level || test.standardError > 1e-9 * level else { return nil }
        // Calls that are the same for every request have no variance of their own.
        let least = level * CheckComparison.leastCallError
        let error = max(test.standardError.isFinite ? test.standardError : least, least)
        let p = StudentDistribution(freedom: test.freedom).upperTail(test.change / error)
        let after = level + test.change
        return CheckCandidate(
            operation: operation,
            signal: .calls,
            before: level,
            after: after,
            ratio: after / level,
            p: p,
            standardError: CheckCandidate.standardError(logEffect: log(max(after / level, 1e-9)), p: p),
            isPractical: after / level >= settings.callRatio && test.change >= settings.floorCalls,
            persistence: persistence(shown, test.change)
        )
    }

    /// The slowdown of a steady operation of the service that this check would have seen four times in five.
    func missableRatio() -> Double? {
        let busiest = scope.own.filter { before[$0].count >= settings.minimumRequests }
            .max { before[$0].own.sum < before[$1].own.sum }
        guard let busiest, let part = location(busiest, isWhole: false, floor: 0) else { return nil }
        let error = part.test.standardError
        return error.isFinite ? exp((CheckComparison.decisiveErrors + 0.84) * error) : nil
    }

    /// As many records as a finite interval of the p95 needs (`spec/statistics.md` section 3.2).
    private static let minimumTailRecords: UInt64 = 72
    private static let leastBinsToStay = 6
    private static let stayingShare = 0.3
    /// As a share of the calls before.
    private static let leastCallError = 0.02
    /// About what the corrected tests of a check ask for.
    private static let decisiveErrors = 3.0
}

extension SignalSeries {
    /// Per bin, by how much this is above another one; weighed by this one's counts.
    func difference(from other: SignalSeries) -> SignalSeries {
        var result = self
        for bin in sums.indices where other.counts[bin] > 0 {
            result.sums[bin] -= counts[bin] * other.sums[bin] / other.counts[bin]
        }
        for bin in sums.indices where other.counts[bin] == 0 { (result.sums[bin], result.counts[bin]) = (0, 0) }
        return result
    }
}
