import Statistics
import Telemetry

/// Judges whether it was the target that was measured, or the generator.
///
/// Source: `spec/load.md` section 3.4. What the target caused never makes a run invalid, except that a target which is
/// not there leaves nothing to judge. Waiting for a free connection is the target's doing; being taken up late by the
/// generator is not.
struct ValidityCheck {
    // Of the arrivals due, the share that the generator must have been in time for.
    private static let minimumInTime = 0.99

    var settings: LoadSettings
    /// Whether the plan wants HTTP/2 and nothing else.
    var asksForHTTP2 = false

    /// Reasons for people, one line each, with the numbers; empty for a good measurement.
    func reasons(_ tally: WorkerTally) -> [String] {
        let load = tally.load
        let ledger = load.ledger
        var reasons: [String] = []
        if !ledger.isBalanced || !load.warmup.isBalanced {
            reasons.append("arrivals do not add up: \(ledger.scheduled) scheduled, outcomes \(breakdown(ledger))")
        }
        if ledger.scheduled == 0 {
            reasons.append("no arrival was due in the measured window")
        } else if ledger.answered == 0 && ledger[.timeout] == 0 {
            // A target that takes requests and keeps silent was measured: it fails.
            reasons.append("the target answered none of \(ledger.scheduled) requests: \(breakdown(ledger))")
        }
        let late = ledger[.droppedLate]
        if Double(late) > Double(ledger.scheduled) * (1 - ValidityCheck.minimumInTime) {
            let share = percent(Double(late) / Double(ledger.scheduled))
            reasons.append("the generator missed \(late) of \(ledger.scheduled) arrivals: \(share), limit 1 %")
        }
        let lag = Double(tally.takeUpLag.quantile(0.99)) / 1e6
        let limit = settings.lagLimit / .milliseconds(1)
        if lag > limit {
            reasons.append("the generator took arrivals up late: p99 \(decimal(lag)) ms, limit \(decimal(limit)) ms")
        }
        for (thread, share) in load.threadCPU.enumerated() where share > settings.cpuLimit {
            let limit = percent(settings.cpuLimit)
            reasons.append("generator thread \(thread) used \(percent(share)) of a core, limit \(limit)")
        }
        if asksForHTTP2 && tally.answersOverHTTP1 > 0 {
            reasons.append(
                "\(tally.answersOverHTTP1) answers came over HTTP/1.1 though the plan asks for HTTP/2; does the target offer h2?"
            )
        }
        if !load.concurrency.holds {
            let means = load.concurrency.means(over: load.endedAt - min(load.endedAt, load.startedAt))
            reasons.append(
                "\(decimal(means.counted)) requests were in flight on average, but their number and times give "
                    + "\(decimal(means.stamped)) (Little's law)"
            )
        }
        if tally.exhausted > 0 {
            reasons.append("this machine had no file descriptor or local port left for \(tally.exhausted) requests")
        }
        return reasons
    }

    private func breakdown(_ ledger: ArrivalLedger) -> String {
        let parts = RequestOutcome.allCases.filter { ledger[$0] > 0 }.map { "\($0.name) \(ledger[$0])" }
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }

    private func percent(_ share: Double) -> String { "\(decimal(share * 100)) %" }

    private func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
