import Plans
import Synchronization

/// Runs that the service carries out: one at a time for each target, the others visible and waiting.
///
/// They are the runs of `plimsoll run`: the same `EditionRuns`, the same store. Safe from any thread. What is over is
/// kept until it is one of the oldest; nothing survives a restart but the runs in the store.
package final class RunQueue: Sendable {
    private let settings: Settings
    private let catalogue: ProjectCatalogue?
    private let now: @Sendable () -> UInt64
    private let ledger: Mutex<QueueLedger>

    /// `now` is in Unix nanoseconds.
    package init(settings: Settings, now: @escaping @Sendable () -> UInt64) {
        self.settings = settings
        self.now = now
        ledger = Mutex(QueueLedger(settings))
        catalogue = settings.projects.flatMap { ProjectCatalogue(root: $0, environment: settings.environment) }
    }

    package var isAllowed: Bool { catalogue != nil }

    /// Paths of the projects that may be run.
    package var projects: [String] { catalogue?.paths ?? [] }

    /// Newest first.
    package var runs: [QueuedRun] { ledger.withLock { $0.entries.reversed().map(\.run) } }

    package func run(_ id: String) -> QueuedRun? { ledger.withLock { $0[id]?.run } }

    /// The project of a module, for a repetition; `nil` where none has this module.
    package func project(ofModule moduleID: String) -> String? {
        projects.first { (try? catalogue?.project($0).plan.moduleID) == moduleID }
    }

    /// Takes a run into the queue, and begins it when its target is free.
    package func submit(_ request: RunRequest) throws(RunQueueError) -> QueuedRun {
        guard let catalogue else {
            throw .notAllowed("this service runs no projects: start it with --projects DIR")
        }
        let project = try catalogue.project(request.project)
        let unknown = request.editions.filter { !project.knownEditions.contains($0) }
        guard unknown.isEmpty else {
            throw .badProject("there is no edition \(unknown.joined(separator: ", ")) in \(request.project)")
        }
        let run = QueuedRun(request, of: project, at: now())
        try ledger.withLock { ledger throws(RunQueueError) in try ledger.add(run) }
        beginWhatCan()
        return self.run(run.id) ?? run
    }

    /// Lets a waiting run go.
    package func approve(_ id: String, by name: String) throws(RunQueueError) -> QueuedRun {
        try change(id) { entry throws(RunQueueError) in
            guard entry.run.state == .waiting else { throw .wrongState("\(id) does not wait for an approval") }
            entry.run.state = .queued
            entry.run.approvedBy = name
            entry.run.progress = "waits for its target"
        }
        beginWhatCan()
        return try known(id)
    }

    /// Turns a waiting run down.
    package func reject(_ id: String, by name: String) throws(RunQueueError) -> QueuedRun {
        let now = now()
        try change(id) { entry throws(RunQueueError) in
            guard entry.run.state == .waiting else { throw .wrongState("\(id) does not wait for an approval") }
            entry.end(as: .failed, saying: "rejected by \(name)", at: now)
        }
        return try known(id)
    }

    /// Ends a run: at once while it waits; with its artifacts, as by Ctrl-C, while it runs.
    package func cancel(_ id: String) throws(RunQueueError) -> QueuedRun {
        let now = now()
        try change(id) { entry throws(RunQueueError) in
            switch entry.run.state {
            case .waiting, .queued: entry.end(as: .cancelled, saying: "cancelled", at: now)
            case .running:
                entry.interruption.request()
                entry.feed.tell(.note, "stopping: what was measured is still analysed")
            case .finished, .failed, .cancelled: throw .wrongState("\(id) is over")
            }
        }
        return try known(id)
    }

    /// What happens to a run, from behind the event number `after` on; `nil` where it is unknown or watched by too many.
    ///
    /// A slow reader misses the oldest of what waits for it, never the end.
    package func events(of id: String, after: Int = 0) -> AsyncStream<RunQueueEvent>? {
        ledger.withLock { $0[id]?.feed }?.events(after: after, most: settings.watchersPerRun)
    }

    /// Ends all runs, waits for them, and takes no more.
    package func stop() async {
        let tasks = ledger.withLock { [now] in $0.stop(at: now()) }
        for task in tasks { await task.value }
    }

    private func known(_ id: String) throws(RunQueueError) -> QueuedRun {
        guard let run = run(id) else { throw .unknown(id) }
        return run
    }

    private func change(
        _ id: String,
        _ body: (inout QueueLedger.Entry) throws(RunQueueError) -> Void
    ) throws(RunQueueError) {
        try ledger.withLock { ledger throws(RunQueueError) in try ledger.change(id, body) }
    }

    private func beginWhatCan() {
        ledger.withLock { [now] in
            $0.begin(at: now()) { run, interruption in
                Task.detached { await self.carryOut(run, interruption) }
            }
        }
    }

    private func carryOut(_ run: QueuedRun, _ interruption: RunInterruption) async {
        let end = await QueuedRunEnd(of: run, settings: runSettings(run), interruption: interruption) { event in
            self.take(event, of: run.id)
        }
        let now = now()
        try? change(run.id) { entry throws(RunQueueError) in
            entry.run.exitCode = end.exitCode
            entry.end(as: end.state, saying: end.text, at: now)
        }
        beginWhatCan()
    }

    private func runSettings(_ run: QueuedRun) -> Result<RunSettings, RunQueueError> {
        Result { () throws(RunQueueError) in
            guard let catalogue else { throw .unknown(run.id) }
            return RunSettings(
                // Again, since it may have been moved while the run waited.
                project: try catalogue.folder(run.project),
                editions: run.editions,
                output: settings.output + "/" + run.id,
                store: settings.store,
                // The service's own receiver has the usual one.
                otlpPort: 0,
                environment: settings.environment,
                command: "plimsoll run \(run.project)"
            )
        }
    }

    private func take(_ event: RunEvent, of id: String) {
        let told = event.told
        // One that was forgotten needs to hear nothing.
        try? change(id) { entry throws(RunQueueError) in
            if case .started(let runID, _) = event { entry.run.runIDs.append(runID) }
            if told.kind == .progress {
                entry.run.progress = told.text
                entry.run.share = told.share
            }
            entry.feed.tell(told.kind, told.text, share: told.share)
        }
    }
}
