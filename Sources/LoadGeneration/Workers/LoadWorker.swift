import Curl
import Plans
import Statistics
import Telemetry

/// One thread's share of a test: takes up arrivals when they are due, sends them, and tallies how each ended.
///
/// Every arrival taken up ends in exactly one outcome. It is sent at once when a connection is free; else it waits, first
/// come first served, until the test's `maxLag` after it was due, and is then dropped. After the schedule, requests in
/// flight and arrivals that wait get the time they would have had within it; after an interruption they get the grace
/// period of the settings. What is left then is cut off and counted as aborted.
struct LoadWorker: ~Copyable {
    // Arrivals taken up at most before the sockets get a turn.
    private static let burst = 64
    private static let handOffInterval: UInt64 = 100_000_000

    private let assignment: WorkerAssignment
    private let recipe: RequestRecipe
    private let loop: TransferLoop
    private let check: ResponseCheck
    private var schedule: ArrivalSchedule
    private var users: ClosedArrivals?
    private var next: Arrival?
    private var spin: UInt64 = 0
    private var waiting = WaitingArrivals()
    private var inFlight: [RequestInFlight?]
    private var inFlightCount = 0
    private var countedAt: UInt64 = 0
    private var tally: WorkerTally
    private var window = LatencyHistogram()
    private var windowAnswers: UInt64 = 0
    private var scratch: [UInt8] = []

    /// Runs on the calling thread until the test is over.
    ///
    /// - Throws: when the machine refuses what a loop needs.
    static func run(_ assignment: WorkerAssignment, _ recipe: RequestRecipe) throws(CurlError) -> WorkerTally {
        var worker = LoadWorker(
            assignment,
            recipe,
            loop: try TransferLoop(
                capacity: assignment.connections,
                template: recipe.transfer,
                engine: assignment.settings.engine,
                waker: assignment.waker
            )
        )
        return worker.run()
    }

    private init(_ assignment: WorkerAssignment, _ recipe: RequestRecipe, loop: TransferLoop) {
        self.assignment = assignment
        self.loop = loop
        self.recipe = recipe
        check = ResponseCheck(assignment.test.expectation)
        schedule = ArrivalSchedule(assignment.order, worker: assignment.worker, of: assignment.workers)
        users =
            assignment.order.users == nil
            ? nil
            : ClosedArrivals(
                assignment.order,
                measuredFrom: schedule.measuredFrom,
                assignment.worker,
                of: assignment.workers
            )
        inFlight = Array(repeating: nil, count: assignment.connections)
        tally = WorkerTally(
            test: assignment.testIndex,
            start: assignment.start,
            sampleLimit: assignment.sampleLimit,
            expectedSamples: schedule.expectedCount
        )
    }

    private mutating func run() -> WorkerTally {
        advance()
        waitForStart()
        let cpuBefore = MonotonicClock.threadCPU()
        issueSchedule()
        measureCPU(since: cpuBefore)
        finishInFlight()
        handOff(isLast: true)
        return tally.finished()
    }

    // The load proper: from the start of the schedule to its end or to an interruption.
    private mutating func issueSchedule() {
        let end = assignment.start.monotonic + schedule.end
        var handOffAt = assignment.start.monotonic + LoadWorker.handOffInterval
        while !assignment.stop.isSet {
            takeUpDueArrivals()
            sendWaiting()
            sendForUsers(until: end)
            let now = MonotonicClock.now()
            if next == nil && now >= end { break }
            if now >= handOffAt {
                handOff(isLast: false)
                handOffAt = now + LoadWorker.handOffInterval
            }
            turn(until: min(next.map { dueAt($0) } ?? end, handOffAt))
        }
        tally.issuedUntil = min(MonotonicClock.now() - assignment.start.monotonic, schedule.end)
    }

    private mutating func finishInFlight() {
        var limit = MonotonicClock.now() + assignment.drainNanoseconds
        var wasStopped = false
        while inFlightCount > 0 || !waiting.isEmpty {
            let now = MonotonicClock.now()
            if !wasStopped && assignment.stop.isSet {
                wasStopped = true
                limit = min(limit, now + assignment.graceNanoseconds)
            }
            if now >= limit { break }
            sendWaiting()
            handOff(isLast: false)
            turn(until: min(limit, now + LoadWorker.handOffInterval))
        }
        abortAll()
    }

    private func waitForStart() {
        while MonotonicClock.now() < assignment.start.monotonic && !assignment.stop.isSet {
            loop.turn(until: assignment.start.monotonic)
        }
    }

    // Sleeps and works; what ends on the way is recorded.
    private mutating func turn(until deadline: UInt64) {
        let expiry = waiting.first.map { dueAt($0) + assignment.maxLag } ?? .max
        loop.turn(until: min(deadline, expiry), spin: spin)
        countInFlight(until: MonotonicClock.now())
        while let result = loop.nextResult() { finish(result) }
    }

    private mutating func takeUpDueArrivals() {
        for _ in 0..<LoadWorker.burst {
            guard let arrival = next else { return }
            let now = MonotonicClock.now()
            let due = dueAt(arrival)
            guard due <= now else { return }
            tally.recordTakeUp(arrival, lag: now - due)
            if now - due > assignment.lateLimit {
                drop(arrival, .droppedLate, at: now)
            } else if waiting.isEmpty, let slot = loop.takeSlot() {
                send(arrival, in: slot)
            } else if !waiting.append(arrival) {
                drop(arrival, .droppedAtCap, at: now)
            }
            advance()
        }
    }

    // In the closed model a free slot is a user whose answer is there, and the next request is due at once.
    private mutating func sendForUsers(until end: UInt64) {
        guard users != nil else { return }
        for _ in 0..<LoadWorker.burst {
            let now = MonotonicClock.now()
            guard now < end, let slot = loop.takeSlot() else { return }
            guard let arrival = users?.next(at: now - assignment.start.monotonic) else { return }
            tally.recordTakeUp(arrival, lag: 0)
            send(arrival, in: slot)
        }
    }

    private mutating func sendWaiting() {
        while let arrival = waiting.first {
            let now = MonotonicClock.now()
            if now > dueAt(arrival) + assignment.maxLag {
                _ = waiting.popFirst()
                drop(arrival, .droppedAtCap, at: now)
            } else if let slot = loop.takeSlot() {
                _ = waiting.popFirst()
                send(arrival, in: slot)
            } else {
                return
            }
        }
    }

    private mutating func send(_ arrival: Arrival, in slot: Int) {
        recipe.prepare(slot, of: loop, number: number(arrival), sequence: arrival.sequence, scratch: &scratch)
        let request = RequestInFlight(arrival: arrival, sentAt: MonotonicClock.now())
        do throws(CurlError) {
            try loop.start(slot)
            countInFlight(until: request.sentAt)
            inFlight[slot] = request
            inFlightCount += 1
        } catch {
            tally.exhausted += 1
            tally.record(request, number: number(arrival), .transport, nil, finishedAt: MonotonicClock.now())
        }
    }

    private mutating func finish(_ result: TransferResult) {
        guard let request = inFlight[result.slot] else { return }
        inFlight[result.slot] = nil
        inFlightCount -= 1
        let judgement = check.judge(result)
        tally.record(
            request,
            number: number(request.arrival),
            judgement.outcome,
            result,
            reason: judgement.reason,
            finishedAt: result.finishedAt
        )
        if judgement.outcome.wasAnswered { windowAnswers += 1 }
        let due = dueAt(request.arrival)
        window.record(result.finishedAt > due ? result.finishedAt - due : 0)
    }

    private mutating func drop(_ arrival: Arrival, _ outcome: RequestOutcome, at now: UInt64) {
        tally.recordUnsent(arrival, number: number(arrival), outcome, at: now)
    }

    private mutating func abortAll() {
        let now = MonotonicClock.now()
        countInFlight(until: now)
        for slot in inFlight.indices {
            guard let request = inFlight[slot] else { continue }
            loop.abort(slot)
            inFlight[slot] = nil
            tally.record(request, number: number(request.arrival), .aborted, nil, finishedAt: now)
        }
        inFlightCount = 0
        while let arrival = waiting.popFirst() { drop(arrival, .aborted, at: now) }
    }

    private mutating func advance() {
        let before = next?.offset
        next = schedule.next()
        if let next, let before { spin = SpinTime.before(gap: next.offset - before) }
    }

    // Called before the count changes, so that what was in flight until now is what it was since the last call.
    private mutating func countInFlight(until now: UInt64) {
        if inFlightCount > 0 { tally.load.concurrency.counted &+= (now - countedAt) * UInt64(inFlightCount) }
        countedAt = now
    }

    private mutating func handOff(isLast: Bool) {
        assignment.progress.add(
            ledger: tally.load.ledger,
            warmup: tally.load.warmup,
            inFlight: isLast ? 0 : inFlightCount,
            answers: windowAnswers,
            latency: window
        )
        windowAnswers = 0
        window = LatencyHistogram()
    }

    private mutating func measureCPU(since before: UInt64) {
        let wall = MonotonicClock.now() - min(MonotonicClock.now(), assignment.start.monotonic)
        let used = MonotonicClock.threadCPU() - before
        let worked = used > loop.spunNanoseconds ? used - loop.spunNanoseconds : 0
        tally.cpuShare = wall == 0 ? 0 : min(1, Double(worked) / Double(wall))
    }

    private func dueAt(_ arrival: Arrival) -> UInt64 { assignment.start.monotonic + arrival.offset }

    private func number(_ arrival: Arrival) -> UInt64 { recipe.firstNumber | arrival.sequence }
}
