import Correlation
import Glibc
import Statistics
import Telemetry

extension CheckComparison {
    func errors(of operation: Int) -> CheckCandidate? {
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
            persistence: persistence(isConcurrent ? new.difference(from: old) : new, change: test.after - test.before)
        )
    }

    func calls(of operation: Int) -> CheckCandidate? {
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
            test = CheckTest(shown, sides: sides, season: season)
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
            persistence: persistence(shown, test)
        )
    }

    /// As a share of the calls before.
    private static let leastCallError = 0.02
}
