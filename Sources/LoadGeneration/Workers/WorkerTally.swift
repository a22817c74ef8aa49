package import Curl
import Statistics
package import Telemetry

/// Everything one worker measured in one test; merged with the others' when all have ended.
package struct WorkerTally: Sendable {
    package var load: TestLoad
    /// From due to taken up by the generator, all arrivals of the measured window: the generator's own lateness.
    var takeUpLag = LatencyHistogram(subBucketBits: 10)
    /// Requests that failed for want of descriptors, local ports or memory of this machine.
    var exhausted: UInt64 = 0
    /// When the worker stopped issuing, nanoseconds from the start of the schedule.
    var issuedUntil: UInt64 = 0
    var cpuShare = 0.0
    /// Answers that came over HTTP/1.1, which only says something where the plan asks for HTTP/2.
    var answersOverHTTP1: UInt64 = 0
    /// Above every sequence number taken up.
    var nextSequence: UInt64 = 0

    let start: ScheduleStart
    private let sampleLimit: Int
    // Indexed by status, because a dictionary lookup for each answer adds up.
    private var statuses = [UInt64](repeating: 0, count: 1000)

    package init(test: Int, start: ScheduleStart, sampleLimit: Int, expectedSamples: Int) {
        load = TestLoad(test: test, startedAt: start.unix)
        self.start = start
        self.sampleLimit = sampleLimit
        // Growing by copying could stall the loop for many milliseconds.
        load.samples.reserveCapacity(min(sampleLimit, expectedSamples))
    }

    /// Notes that an arrival was taken up `lag` nanoseconds after it was due.
    package mutating func recordTakeUp(_ arrival: Arrival, lag: UInt64) {
        withSecond(of: arrival) { $0.scheduled += 1 }
        nextSequence = max(nextSequence, arrival.sequence + 1)
        if arrival.isWarmup {
            load.warmup.scheduled += 1
        } else {
            load.ledger.scheduled += 1
            takeUpLag.record(lag)
        }
    }

    /// Notes the one outcome of an arrival that was never sent.
    mutating func recordUnsent(_ arrival: Arrival, number: UInt64, _ outcome: RequestOutcome, at now: UInt64) {
        count(outcome, of: arrival)
        keep(number, arrival, outcome, status: 0, sentAt: start.monotonic + arrival.offset, finishedAt: now)
    }

    /// Notes the one outcome of a request.
    ///
    /// `result` is `nil` for one that was cut off.
    package mutating func record(
        _ request: RequestInFlight,
        number: UInt64,
        _ outcome: RequestOutcome,
        _ result: TransferResult?,
        reason: String? = nil,
        finishedAt: UInt64
    ) {
        let arrival = request.arrival
        let dueAt = start.monotonic + arrival.offset
        let latency = finishedAt > dueAt ? finishedAt - dueAt : 0
        count(outcome, of: arrival)
        withSecond(of: arrival) { $0.latency.record(latency) }
        let status = result?.status ?? 0
        keep(number, arrival, outcome, status: status, sentAt: request.sentAt, finishedAt: finishedAt)
        if result?.failure == .exhausted { exhausted += 1 }
        load.concurrency.add(from: request.sentAt, to: finishedAt)
        guard !arrival.isWarmup else { return }

        load.latency.record(latency)
        load.serviceTime.record(finishedAt > request.sentAt ? finishedAt - request.sentAt : 0)
        load.scheduleLag.record(request.sentAt > dueAt ? request.sentAt - dueAt : 0)
        if let reason { load.failureReasons.add(reason) }
        if let result { recordTraffic(result, wasAnswered: outcome.wasAnswered) }
    }

    /// Notes what a request of the measured window cost on the wire.
    mutating func recordTraffic(_ result: TransferResult, wasAnswered: Bool) {
        load.bytesSent += result.bytesSent
        load.bytesReceived += result.bytesReceived
        load.connectionsOpened += UInt64(max(0, result.connectionsOpened))
        guard wasAnswered else { return }
        if !result.isHTTP2 { answersOverHTTP1 += 1 }
        statuses[min(max(result.status, 0), 999)] += 1
        record(result.phases, hasConnected: result.connectionsOpened > 0)
    }

    /// The tally as the result type has it.
    package func finished() -> WorkerTally {
        var tally = self
        for (status, count) in statuses.enumerated() where count > 0 { tally.load.statusCodes[status] = count }
        tally.load.threadCPU = [cpuShare]
        return tally
    }

    /// Adds a finished tally of another worker of the same test.
    package mutating func merge(_ other: WorkerTally) {
        load.addTotals(of: other.load)
        load.addSeconds(of: other.load)
        load.warmup.merge(other.load.warmup)
        load.threadCPU += other.load.threadCPU
        load.droppedSamples += other.load.droppedSamples + UInt64(load.samples.merge(other.load.samples))
        for (index, step) in other.load.flowSteps.enumerated() { load.flowSteps[index].merge(step) }
        if let answered = other.load.flowRequestsAnswered {
            load.flowRequestsAnswered = (load.flowRequestsAnswered ?? 0) + answered
        }
        answersOverHTTP1 += other.answersOverHTTP1
        takeUpLag.merge(other.takeUpLag)
        exhausted += other.exhausted
        issuedUntil = max(issuedUntil, other.issuedUntil)
        nextSequence = max(nextSequence, other.nextSequence)
    }

    private mutating func record(_ phases: TransferPhases, hasConnected: Bool) {
        load.phases.wait.record(phases.wait)
        load.phases.receive.record(phases.receive)
        guard hasConnected else { return }
        load.phases.dns.record(phases.dns)
        load.phases.connect.record(phases.connect)
        if phases.tls > 0 { load.phases.tls.record(phases.tls) }
    }

    mutating func count(_ outcome: RequestOutcome, of arrival: Arrival) {
        if arrival.isWarmup {
            load.warmup[outcome] += 1
        } else {
            load.ledger[outcome] += 1
        }
        withSecond(of: arrival) { second in
            if outcome.wasAnswered { second.answered += 1 }
            if outcome != .completed && outcome != .aborted { second.failed += 1 }
        }
    }

    private mutating func keep(
        _ number: UInt64,
        _ arrival: Arrival,
        _ outcome: RequestOutcome,
        status: Int,
        sentAt: UInt64,
        finishedAt: UInt64
    ) {
        keep(
            RequestSample(
                number: number,
                test: UInt16(truncatingIfNeeded: load.test),
                statusCode: UInt16(clamping: status),
                outcome: outcome,
                scheduledAt: start.unix + arrival.offset,
                sentAt: start.unix(sentAt),
                finishedAt: start.unix(finishedAt)
            )
        )
    }

    mutating func keep(_ sample: RequestSample, step: Int = 0) {
        var sample = sample
        sample.step = UInt8(clamping: step)
        load.droppedSamples += UInt64(load.samples.append(sample, limit: sampleLimit))
    }

    mutating func withSecond(of arrival: Arrival, _ body: (inout LoadSecond) -> Void) {
        let index = Int(arrival.offset / 1_000_000_000)
        while load.seconds.count <= index { load.seconds.append(LoadSecond()) }
        body(&load.seconds[index])
    }
}
