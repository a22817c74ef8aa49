/// Runs that were asked for, in order, and which of them may begin: what lies behind the lock of `RunQueue`.
struct QueueLedger {
    struct Entry {
        var run: QueuedRun
        var interruption = RunInterruption()
        var feed = RunEvents()
        /// While it runs.
        var task: Task<Void, Never>?

        /// The last thing that happens to a run; `now` in Unix nanoseconds.
        mutating func end(as state: QueuedRun.State, saying text: String, at now: UInt64) {
            run.state = state
            run.endedAt = now
            run.progress = text
            run.share = nil
            task = nil
            feed.tell(.end, text)
        }
    }

    private(set) var entries: [Entry] = []
    private var isStopped = false
    private let waiting: Int
    private let kept: Int
    private let atOnce: Int

    init(_ settings: RunQueue.Settings) {
        waiting = settings.waiting
        kept = settings.kept
        atOnce = settings.atOnce
    }

    subscript(id: String) -> Entry? { entries.first { $0.run.id == id } }

    /// Takes a run in behind the others, and forgets the oldest of those that are over.
    mutating func add(_ run: QueuedRun) throws(RunQueueError) {
        guard !isStopped else { throw .stopped }
        guard entries.count(where: { !$0.run.state.isOver }) < waiting else { throw .full(waiting) }
        entries.append(Entry(run: run))
        while entries.count(where: { $0.run.state.isOver }) > kept,
            let oldest = entries.firstIndex(where: { $0.run.state.isOver })
        {
            entries.remove(at: oldest)
        }
    }

    mutating func change(
        _ id: String,
        _ body: (inout Entry) throws(RunQueueError) -> Void
    ) throws(RunQueueError) {
        guard let index = entries.firstIndex(where: { $0.run.id == id }) else { throw .unknown(id) }
        try body(&entries[index])
    }

    /// Begins whatever waits for nothing but a free place: the oldest first, one at a time for each target.
    mutating func begin(at now: UInt64, _ start: (QueuedRun, RunInterruption) -> Task<Void, Never>) {
        guard !isStopped else { return }
        for index in entries.indices where entries[index].run.state == .queued {
            let running = entries.filter { $0.run.state == .running }
            guard running.count < atOnce else { return }
            guard !running.contains(where: { $0.run.target == entries[index].run.target }) else { continue }
            entries[index].run.state = .running
            entries[index].run.startedAt = now
            entries[index].task = start(entries[index].run, entries[index].interruption)
        }
    }

    /// Ends what waits, interrupts what runs, and takes nothing in any more; returns what has to be waited for.
    mutating func stop(at now: UInt64) -> [Task<Void, Never>] {
        isStopped = true
        for index in entries.indices where !entries[index].run.state.isOver {
            entries[index].interruption.request()
            if entries[index].task == nil {
                entries[index].end(as: .cancelled, saying: "the service stopped", at: now)
            }
        }
        return entries.compactMap(\.task)
    }
}
