import Curl
import Statistics
import Telemetry

/// What every kind of worker keeps count of: requests in flight over time, what the progress shows, the thread's CPU.
///
/// Belongs to one worker's thread.
struct WorkerAccount {
    private let assignment: WorkerAssignment
    private(set) var inFlight = 0
    private var countedAt: UInt64 = 0
    private var window = LatencyHistogram()
    private var answers: UInt64 = 0
    var tally: WorkerTally

    init(_ assignment: WorkerAssignment, tally: WorkerTally) {
        self.assignment = assignment
        self.tally = tally
    }

    mutating func countSent(at now: UInt64) {
        countInFlight(until: now)
        inFlight += 1
    }

    mutating func countEnded() { inFlight -= 1 }

    mutating func countAllEnded(at now: UInt64) {
        countInFlight(until: now)
        inFlight = 0
    }

    // Called before the count changes, so that what was in flight until now is what it was since the last call.
    mutating func countInFlight(until now: UInt64) {
        if inFlight > 0 { tally.load.concurrency.counted &+= (now - countedAt) * UInt64(inFlight) }
        countedAt = now
    }

    mutating func countAnswer() { answers += 1 }

    mutating func countLatency(_ nanoseconds: UInt64) { window.record(nanoseconds) }

    /// Tells the progress what happened since the last call.
    mutating func handOff(isLast: Bool) {
        assignment.progress.add(
            ledger: tally.load.ledger,
            warmup: tally.load.warmup,
            inFlight: isLast ? 0 : inFlight,
            answers: answers,
            latency: window
        )
        answers = 0
        window = LatencyHistogram()
    }

    /// The share of a core that the schedule took; `before` is the thread's CPU time when it began, `spun` what it
    /// spent on waiting awake.
    mutating func measureCPU(since before: UInt64, spun: UInt64) {
        let now = MonotonicClock.now()
        let wall = now - min(now, assignment.start.monotonic)
        let used = MonotonicClock.threadCPU() - before
        let worked = used > spun ? used - spun : 0
        tally.cpuShare = wall == 0 ? 0 : min(1, Double(worked) / Double(wall))
    }
}
