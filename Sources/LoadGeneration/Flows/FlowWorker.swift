import Curl
import Plans
import Statistics
import Telemetry

/// One thread's share of a composite test: flows arrive by the schedule, and each takes its steps one after another.
///
/// The first step waits for a free connection as any arrival does (`LoadWorker`). A later step is due when the answer
/// before it is there and the think time is over; one that finds no connection within the test's `maxLag` ends its flow.
/// A flow ends at its first failed step, and every flow ends in exactly one outcome.
struct FlowWorker: ~Copyable {
    private static let burst = 64
    private static let handOffInterval: UInt64 = 100_000_000

    private let assignment: WorkerAssignment
    private let recipe: FlowRecipe
    private let loop: TransferLoop
    private let checks: [ResponseCheck]
    private let readers: [CaptureReader]
    private var arrivals: DueArrivals
    private var waiting = WaitingArrivals()
    /// By id; free ids are kept for reuse.
    private var flows: [FlowInProgress?] = []
    private var freeFlows: [Int] = []
    private var flowCount = 0
    /// Thinking.
    private var pending = PendingSteps()
    /// Due, without a connection; first come first served.
    private var ready: [Int] = []
    private var readyHead = 0
    /// Flow by slot.
    private var inFlight: [Int?]
    private var account: WorkerAccount
    private var scratch: [UInt8] = []

    /// Runs on the calling thread until the test is over.
    ///
    /// - Throws: when the machine refuses what a loop needs.
    static func run(_ assignment: WorkerAssignment, _ recipe: FlowRecipe) throws(CurlError) -> WorkerTally {
        var worker = FlowWorker(
            assignment,
            recipe,
            loop: try TransferLoop(
                capacity: assignment.connections,
                templates: recipe.requests.map(\.transfer),
                engine: assignment.settings.engine,
                waker: assignment.waker
            )
        )
        return worker.run()
    }

    private init(_ assignment: WorkerAssignment, _ recipe: FlowRecipe, loop: TransferLoop) {
        self.assignment = assignment
        self.recipe = recipe
        self.loop = loop
        checks = recipe.steps.map { ResponseCheck($0.expectation, name: $0.name) }
        readers = recipe.steps.map { CaptureReader($0.captures, variables: recipe.variables) }
        arrivals = DueArrivals(assignment)
        inFlight = Array(repeating: nil, count: assignment.connections)
        var tally = WorkerTally(
            test: assignment.testIndex,
            start: assignment.start,
            sampleLimit: assignment.sampleLimit,
            expectedSamples: arrivals.expectedCount * recipe.steps.count
        )
        tally.load.flowSteps = recipe.steps.map { FlowStepLoad(name: $0.name) }
        tally.load.flowRequestsAnswered = 0
        account = WorkerAccount(assignment, tally: tally)
    }

    private mutating func run() -> WorkerTally {
        while MonotonicClock.now() < assignment.start.monotonic && !assignment.stop.isSet {
            loop.turn(until: assignment.start.monotonic)
        }
        let cpuBefore = MonotonicClock.threadCPU()
        issueSchedule()
        account.measureCPU(since: cpuBefore, spun: loop.spunNanoseconds)
        finishFlows()
        account.handOff(isLast: true)
        return account.tally.finished()
    }

    private mutating func issueSchedule() {
        let end = arrivals.end
        var handOffAt = assignment.start.monotonic + FlowWorker.handOffInterval
        while !assignment.stop.isSet {
            startDueSteps()
            takeUpDueArrivals()
            sendWaiting()
            let now = MonotonicClock.now()
            if arrivals.next == nil && now >= end { break }
            if now >= handOffAt {
                account.handOff(isLast: false)
                handOffAt = now + FlowWorker.handOffInterval
            }
            turn(until: min(arrivals.next.map { arrivals.dueAt($0) } ?? end, handOffAt))
        }
        // An interruption may come before the start.
        let until = max(assignment.start.monotonic, min(MonotonicClock.now(), end))
        account.tally.issuedUntil = until - assignment.start.monotonic
    }

    private mutating func finishFlows() {
        var limit = MonotonicClock.now() + drainNanoseconds
        var wasStopped = false
        while flowCount > 0 || !waiting.isEmpty {
            let now = MonotonicClock.now()
            if !wasStopped && assignment.stop.isSet {
                wasStopped = true
                limit = min(limit, now + assignment.graceNanoseconds)
            }
            if now >= limit { break }
            startDueSteps()
            sendWaiting()
            account.handOff(isLast: false)
            turn(until: min(limit, now + FlowWorker.handOffInterval))
        }
        abortAll()
    }

    // Every step of a flow that began at the last moment may take its whole time.
    private var drainNanoseconds: UInt64 {
        recipe.steps.reduce(assignment.drainNanoseconds) { sum, step in
            let longest = step.timeout + step.thinkTime.upperBound
            return sum + assignment.maxLag + UInt64(max(.zero, longest) / .nanoseconds(1))
        }
    }

    private mutating func turn(until deadline: UInt64) {
        let expiry = waiting.first.map { arrivals.dueAt($0) + assignment.maxLag } ?? .max
        let readyExpiry = firstReady.flatMap { flows[$0] }.map { $0.stepDueAt + assignment.maxLag } ?? .max
        let thought = pending.first?.dueAt ?? .max
        loop.turn(until: min(deadline, expiry, readyExpiry, thought), spin: arrivals.spin)
        account.countInFlight(until: MonotonicClock.now())
        while let result = loop.nextResult() { finish(result) }
    }

    // MARK: Arrivals

    private mutating func takeUpDueArrivals() {
        for _ in 0..<FlowWorker.burst {
            guard let arrival = arrivals.next else { return }
            let now = MonotonicClock.now()
            let due = arrivals.dueAt(arrival)
            guard due <= now else { return }
            account.tally.recordTakeUp(arrival, lag: now - due)
            if now - due > assignment.lateLimit {
                drop(arrival, .droppedLate, at: now)
            } else if flowCount >= WaitingArrivals.limit {
                drop(arrival, .droppedAtCap, at: now)
            } else if waiting.isEmpty, firstReady == nil, let slot = loop.takeSlot() {
                send(begin(arrival), in: slot)
            } else if !waiting.append(arrival) {
                drop(arrival, .droppedAtCap, at: now)
            }
            arrivals.advance()
        }
    }

    private mutating func sendWaiting() {
        while firstReady == nil, let arrival = waiting.first {
            let now = MonotonicClock.now()
            if now > arrivals.dueAt(arrival) + assignment.maxLag {
                _ = waiting.popFirst()
                drop(arrival, .droppedAtCap, at: now)
            } else if let slot = loop.takeSlot() {
                _ = waiting.popFirst()
                send(begin(arrival), in: slot)
            } else {
                return
            }
        }
    }

    private mutating func drop(_ arrival: Arrival, _ outcome: RequestOutcome, at now: UInt64) {
        account.tally.recordUnsent(arrival, number: recipe.number(of: 0, in: arrival), outcome, at: now)
    }

    private mutating func begin(_ arrival: Arrival) -> Int {
        let flow = FlowInProgress(
            arrival: arrival,
            stepDueAt: arrivals.dueAt(arrival),
            variables: Array(repeating: [], count: recipe.variables.count)
        )
        flowCount += 1
        if let id = freeFlows.popLast() {
            flows[id] = flow
            return id
        }
        flows.append(flow)
        return flows.count - 1
    }

    // MARK: Steps

    private var firstReady: Int? { readyHead < ready.count ? ready[readyHead] : nil }

    /// Steps whose think time is over, and those that wait for a connection.
    private mutating func startDueSteps() {
        let now = MonotonicClock.now()
        while let entry = pending.first, entry.dueAt <= now {
            _ = pending.popFirst()
            ready.append(entry.flow)
        }
        while let id = firstReady, let flow = flows[id] {
            if now > flow.stepDueAt + assignment.maxLag {
                readyHead += 1
                end(id, .droppedAtCap, reason: nil, at: now)
            } else if let slot = loop.takeSlot() {
                readyHead += 1
                send(id, in: slot)
            } else {
                break
            }
        }
        if readyHead == ready.count {
            ready.removeAll(keepingCapacity: true)
            readyHead = 0
        }
    }

    private mutating func send(_ id: Int, in slot: Int) {
        guard var flow = flows[id] else { return }
        let request = recipe.requests[flow.step]
        let isAllowed = request.prepare(
            slot,
            of: loop,
            template: flow.step,
            number: recipe.number(of: flow.step, in: flow.arrival),
            sequence: flow.arrival.sequence,
            variables: flow.variables,
            scratch: &scratch
        )
        flow.stepSentAt = MonotonicClock.now()
        if flow.step == 0 { flow.sentAt = flow.stepSentAt }
        flows[id] = flow
        guard isAllowed else {
            loop.abort(slot)
            let step = recipe.steps[flow.step].name
            let reason = "\(step): a captured address is none, or of a server that target.allowedHosts does not name"
            return end(id, .validation, reason: reason, at: flow.stepSentAt)
        }
        loop.setCookies(of: slot, to: flow.cookies)
        do throws(CurlError) {
            try loop.start(slot)
            account.countSent(at: flow.stepSentAt)
            inFlight[slot] = id
        } catch {
            account.tally.exhausted += 1
            end(id, .transport, reason: nil, at: MonotonicClock.now())
        }
    }

    private mutating func finish(_ result: TransferResult) {
        guard let id = inFlight[result.slot], var flow = flows[id] else { return }
        inFlight[result.slot] = nil
        account.countEnded()
        var judgement = checks[flow.step].judge(result)
        if judgement.outcome == .completed {
            let missing = readers[flow.step]
                .read(result.answer, document: judgement.document, into: &flow.variables)
            if let missing {
                judgement.outcome = .validation
                judgement.reason = "\(recipe.steps[flow.step].name): the answer has no `\(missing)` to capture"
            }
        }
        flow.cookies = result.answer?.cookies ?? flow.cookies
        flows[id] = flow
        if judgement.outcome.wasAnswered && flow.step == 0 { account.countAnswer() }
        guard judgement.outcome == .completed, flow.step + 1 < recipe.steps.count else {
            return end(id, judgement.outcome, reason: judgement.reason, result, at: result.finishedAt)
        }
        record(flow, .completed, result, at: result.finishedAt)
        let think = thinkTime(after: flow)
        flow.step += 1
        flow.thoughtFor += think
        flow.stepDueAt = result.finishedAt + think
        flows[id] = flow
        pending.insert(PendingSteps.Entry(dueAt: flow.stepDueAt, flow: id))
    }

    /// Records the step that ended its flow, and the flow.
    private mutating func end(
        _ id: Int,
        _ outcome: RequestOutcome,
        reason: String?,
        _ result: TransferResult? = nil,
        at now: UInt64
    ) {
        guard let flow = flows[id] else { return }
        record(flow, outcome, result, at: now)
        account.tally.record(flow, outcome, reason: reason, finishedAt: now)
        let latency = flow.latency(until: now, from: arrivals.dueAt(flow.arrival))
        account.countLatency(latency)
        flows[id] = nil
        freeFlows.append(id)
        flowCount -= 1
    }

    private mutating func record(
        _ flow: FlowInProgress,
        _ outcome: RequestOutcome,
        _ result: TransferResult?,
        at now: UInt64
    ) {
        let number = recipe.number(of: flow.step, in: flow.arrival)
        account.tally.recordStep(of: flow, number: number, outcome, result, finishedAt: now)
    }

    private func thinkTime(after flow: FlowInProgress) -> UInt64 {
        let range = recipe.steps[flow.step].thinkTime
        let least = UInt64(max(.zero, range.lowerBound) / .nanoseconds(1))
        let most = UInt64(max(.zero, range.upperBound) / .nanoseconds(1))
        guard most > least else { return least }
        var random = SeededRandom(seed: assignment.test.seed ^ ~recipe.number(of: flow.step, in: flow.arrival))
        return UInt64.random(in: least...most, using: &random)
    }

    private mutating func abortAll() {
        let now = MonotonicClock.now()
        account.countAllEnded(at: now)
        for slot in inFlight.indices where inFlight[slot] != nil { loop.abort(slot) }
        inFlight = Array(repeating: nil, count: inFlight.count)
        for id in flows.indices where flows[id] != nil { end(id, .aborted, reason: nil, at: now) }
        while let arrival = waiting.popFirst() { drop(arrival, .aborted, at: now) }
    }
}
