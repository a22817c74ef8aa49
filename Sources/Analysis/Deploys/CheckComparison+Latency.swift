import Correlation
import Glibc
import Statistics
import Telemetry

extension CheckComparison {
    func draft(of operation: Int, isWhole: Bool = false) -> LatencyDraft? {
        let isTotal = isWhole || settings.isQuick
        let early = isTotal ? before[operation].total : before[operation].own
        let late = isTotal ? after[operation].total : after[operation].own
        guard min(early.count, late.count) >= CheckComparison.minimumTailRecords else { return nil }
        let floor = floor(operation)
        let calls = callsPerEntry(operation)
        // What takes no time to speak of cannot have changed by any.
        guard max(early.mean, late.mean) / 1e6 * max(1, calls) >= floor else { return nil }
        var parts: [LatencyDraft.Part] = []
        if let part = location(operation, isWhole: isWhole, floor: floor / max(1, calls)) { parts.append(part) }
        if !settings.isQuick,
            let part = tail(operation, isWhole: isWhole, early, late, floor: floor / max(1, calls))
        {
            parts.append(part)
        }
        guard !parts.isEmpty else { return nil }
        return LatencyDraft(operation: operation, isWhole: isTotal, parts: parts, early: early, late: late)
    }

    func latency(_ draft: LatencyDraft) -> CheckCandidate {
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
            persistence: persistence(chosen.series, chosen.test)
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

    func location(_ operation: Int, isWhole: Bool, floor: Double) -> LatencyDraft.Part? {
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
    ) -> LatencyDraft.Part? {
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
    ) -> LatencyDraft.Part? {
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
            test = CheckTest(shown, sides: sides, season: season)
            level = shown.ratio(sides.before).value
        }
        let found = effect(test, level)
        return LatencyDraft.Part(
            signal: signal,
            test: test,
            series: shown,
            logEffect: found.log,
            before: found.before,
            after: found.after,
            isPractical: found.isPractical
        )
    }

    /// As many records as a finite interval of the p95 needs (`spec/statistics.md` section 3.2).
    private static let minimumTailRecords: UInt64 = 72
}
