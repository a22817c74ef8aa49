import Curl
import Statistics
import Telemetry

/// Flows and their steps: an arrival is a flow, a request is a step.
extension WorkerTally {
    /// Notes the one outcome of a step that became due.
    ///
    /// `result` is `nil` for one that was not sent, or was cut off.
    mutating func recordStep(
        of flow: FlowInProgress,
        number: UInt64,
        _ outcome: RequestOutcome,
        _ result: TransferResult?,
        finishedAt: UInt64
    ) {
        keep(
            RequestSample(
                number: number,
                test: UInt16(truncatingIfNeeded: load.test),
                statusCode: UInt16(clamping: result?.status ?? 0),
                outcome: outcome,
                scheduledAt: start.unix(flow.stepDueAt),
                sentAt: start.unix(max(flow.stepSentAt, flow.stepDueAt)),
                finishedAt: start.unix(finishedAt)
            ),
            step: flow.step
        )
        if result?.failure == .exhausted { exhausted += 1 }
        if flow.isStepSent { load.concurrency.add(from: flow.stepSentAt, to: finishedAt) }
        if outcome.wasAnswered { load.flowRequestsAnswered = (load.flowRequestsAnswered ?? 0) + 1 }
        guard !flow.arrival.isWarmup else { return }
        load.flowSteps[flow.step].ledger.scheduled += 1
        load.flowSteps[flow.step].ledger[outcome] += 1
        guard let result else { return }
        load.flowSteps[flow.step].latency.record(finishedAt - min(finishedAt, flow.stepDueAt))
        load.flowSteps[flow.step].serviceTime.record(finishedAt - min(finishedAt, flow.stepSentAt))
        recordTraffic(result, wasAnswered: outcome.wasAnswered)
        if outcome.wasAnswered { load.flowSteps[flow.step].statusCodes[result.status, default: 0] += 1 }
    }

    /// Notes the one outcome of a flow: that of the step it ended with.
    mutating func record(_ flow: FlowInProgress, _ outcome: RequestOutcome, reason: String?, finishedAt: UInt64) {
        let arrival = flow.arrival
        let dueAt = start.monotonic + arrival.offset
        let latency = flow.latency(until: finishedAt, from: dueAt)
        count(outcome, of: arrival)
        withSecond(of: arrival) { $0.latency.record(latency) }
        guard !arrival.isWarmup else { return }
        if let reason { load.failureReasons.add(reason) }
        load.latency.record(latency)
        load.serviceTime.record(flow.latency(until: finishedAt, from: flow.sentAt))
        load.scheduleLag.record(flow.sentAt > dueAt ? flow.sentAt - dueAt : 0)
    }
}

extension FlowInProgress {
    /// Nanoseconds without the think times.
    func latency(until end: UInt64, from start: UInt64) -> UInt64 {
        let all = end > start ? end - start : 0
        return all - min(all, thoughtFor)
    }
}
