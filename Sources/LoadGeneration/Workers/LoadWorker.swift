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
    private var arrivals: DueArrivals
    private var users: ClosedArrivals?
    private var waiting = WaitingArrivals()
    private var inFlight: [RequestInFlight?]
    private var account: WorkerAccount
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
        arrivals = DueArrivals(assignment)
        users =
            assignment.order.users == nil
            ? nil
            : ClosedArrivals(
                assignment.order,
                measuredFrom: arrivals.measuredFrom,
                assignment.worker,
                of: assignment.workers
            )
        inFlight = Array(repeating: nil, count: assignment.connections)
        let tally = WorkerTally(
            test: assignment.testIndex,
            start: assignment.start,
            sampleLimit: assignment.sampleLimit,
            expectedSamples: arrivals.expectedCount
        )
        account = WorkerAccount(assignment, tally: tally)
    }

    private mutating func run() -> WorkerTally {
        waitForStart()
        let cpuBefore = MonotonicClock.threadCPU()
        issueSchedule()
        account.measureCPU(since: cpuBefore, spun: loop.spunNanoseconds)
        finishInFlight()
        account.handOff(isLast: true)
        return account.tally.finished()
    }

    // The load proper: from the start of the schedule to its end or to an interruption.
    private mutating func issueSchedule() {
        let end = arrivals.end
        var handOffAt = assignment.start.monotonic + LoadWorker.handOffInterval
        while !assignment.stop.isSet {
            takeUpDueArrivals()
            sendWaiting()
            sendForUsers(until: end)
            let now = MonotonicClock.now()
            if arrivals.next == nil && now >= end { break }
            if now >= handOffAt {
                account.handOff(isLast: false)
                handOffAt = now + LoadWorker.handOffInterval
            }
            turn(until: min(arrivals.next.map { arrivals.dueAt($0) } ?? end, handOffAt))
        }
        // An interruption may come before the start.
        let until = max(assignment.start.monotonic, min(MonotonicClock.now(), end))
        account.tally.issuedUntil = until - assignment.start.monotonic
    }

    private mutating func finishInFlight() {
        var limit = MonotonicClock.now() + assignment.drainNanoseconds
        var wasStopped = false
        while account.inFlight > 0 || !waiting.isEmpty {
            let now = MonotonicClock.now()
            if !wasStopped && assignment.stop.isSet {
                wasStopped = true
                limit = min(limit, now + assignment.graceNanoseconds)
            }
            if now >= limit { break }
            sendWaiting()
            account.handOff(isLast: false)
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
        let expiry = waiting.first.map { arrivals.dueAt($0) + assignment.maxLag } ?? .max
        loop.turn(until: min(deadline, expiry), spin: arrivals.spin)
        account.countInFlight(until: MonotonicClock.now())
        while let result = loop.nextResult() { finish(result) }
    }

    private mutating func takeUpDueArrivals() {
        for _ in 0..<LoadWorker.burst {
            guard let arrival = arrivals.next else { return }
            let now = MonotonicClock.now()
            let due = arrivals.dueAt(arrival)
            guard due <= now else { return }
            account.tally.recordTakeUp(arrival, lag: now - due)
            if now - due > assignment.lateLimit {
                drop(arrival, .droppedLate, at: now)
            } else if waiting.isEmpty, let slot = loop.takeSlot() {
                send(arrival, in: slot)
            } else if !waiting.append(arrival) {
                drop(arrival, .droppedAtCap, at: now)
            }
            arrivals.advance()
        }
    }

    // In the closed model a free slot is a user whose answer is there, and the next request is due at once.
    private mutating func sendForUsers(until end: UInt64) {
        guard users != nil else { return }
        for _ in 0..<LoadWorker.burst {
            let now = MonotonicClock.now()
            guard now < end, let slot = loop.takeSlot() else { return }
            guard let arrival = users?.next(at: now - assignment.start.monotonic) else { return }
            account.tally.recordTakeUp(arrival, lag: 0)
            send(arrival, in: slot)
        }
    }

    private mutating func sendWaiting() {
        while let arrival = waiting.first {
            let now = MonotonicClock.now()
            if now > arrivals.dueAt(arrival) + assignment.maxLag {
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
            account.countSent(at: request.sentAt)
            inFlight[slot] = request
        } catch {
            account.tally.exhausted += 1
            account.tally.record(request, number: number(arrival), .transport, nil, finishedAt: MonotonicClock.now())
        }
    }

    private mutating func finish(_ result: TransferResult) {
        guard let request = inFlight[result.slot] else { return }
        inFlight[result.slot] = nil
        account.countEnded()
        let judgement = check.judge(result)
        account.tally.record(
            request,
            number: number(request.arrival),
            judgement.outcome,
            result,
            reason: judgement.reason,
            finishedAt: result.finishedAt
        )
        if judgement.outcome.wasAnswered { account.countAnswer() }
        let due = arrivals.dueAt(request.arrival)
        account.countLatency(result.finishedAt > due ? result.finishedAt - due : 0)
    }

    private mutating func drop(_ arrival: Arrival, _ outcome: RequestOutcome, at now: UInt64) {
        account.tally.recordUnsent(arrival, number: number(arrival), outcome, at: now)
    }

    private mutating func abortAll() {
        let now = MonotonicClock.now()
        account.countAllEnded(at: now)
        for slot in inFlight.indices {
            guard let request = inFlight[slot] else { continue }
            loop.abort(slot)
            inFlight[slot] = nil
            account.tally.record(request, number: number(request.arrival), .aborted, nil, finishedAt: now)
        }
        while let arrival = waiting.popFirst() { drop(arrival, .aborted, at: now) }
    }

    private func number(_ arrival: Arrival) -> UInt64 { recipe.firstNumber | arrival.sequence }
}
