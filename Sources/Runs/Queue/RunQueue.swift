import Foundation
import LoadGeneration
import Plans
import Synchronization

/// Runs that the service carries out: one at a time for each target, the others visible and waiting.
///
/// They are the runs of `plimsoll run`: the same `EditionRuns`, the same store. Safe from any thread. What is over is
/// kept until it is one of the oldest; nothing survives a restart but the runs in the store.
package final class RunQueue: Sendable {
    package struct Settings: Sendable {
        /// Folder below which projects lie; `nil` allows no run.
        package var projects: String?
        package var store: String
        /// Artifacts go into a folder of their own below it.
        package var output: String
        package var environment: [String: String]
        /// Runs that are not over, at most.
        package var waiting = 32
        /// Runs that are over and still shown, at most.
        package var kept = 100
        /// Runs at once, of different targets: each takes processor time from the others.
        package var atOnce = 2
        package var watchersPerRun = 16

        package init(projects: String?, store: String, output: String, environment: [String: String]) {
            self.projects = projects
            self.store = store
            self.output = output
            self.environment = environment
        }
    }

    private struct Entry {
        var run: QueuedRun
        var interruption = RunInterruption()
        var feed = RunEvents()
        var task: Task<Void, Never>?
    }

    private let settings: Settings
    private let catalogue: ProjectCatalogue?
    private let now: @Sendable () -> UInt64
    private let entries = Mutex<[Entry]>([])

    /// `now` is in Unix nanoseconds.
    package init(settings: Settings, now: @escaping @Sendable () -> UInt64) {
        self.settings = settings
        self.now = now
        catalogue = settings.projects.flatMap { ProjectCatalogue(root: $0, environment: settings.environment) }
    }

    package var isAllowed: Bool { catalogue != nil }

    /// Paths of the projects that may be run.
    package var projects: [String] { catalogue?.paths ?? [] }

    /// Newest first.
    package var runs: [QueuedRun] { entries.withLock { $0.reversed().map(\.run) } }

    package func run(_ id: String) -> QueuedRun? {
        entries.withLock { entries in entries.first { $0.run.id == id }?.run }
    }

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
        var random = SystemRandomNumberGenerator()
        let run = QueuedRun(
            id: "q-" + String(random.next(), radix: 36),
            project: request.project,
            moduleID: project.plan.moduleID,
            editions: request.editions,
            target: project.plan.target.baseURL,
            author: request.author,
            reason: request.reason,
            retryOf: request.retryOf,
            state: request.waitsForApproval ? .waiting : .queued,
            requestedAt: now(),
            progress: request.waitsForApproval ? "waits for an approval" : "waits for its target",
            runIDs: []
        )
        let isTaken = entries.withLock { entries in
            guard entries.count(where: { !$0.run.state.isOver }) < settings.waiting else { return false }
            entries.append(Entry(run: run))
            while entries.count(where: { $0.run.state.isOver }) > settings.kept,
                let oldest = entries.firstIndex(where: { $0.run.state.isOver })
            {
                entries.remove(at: oldest)
            }
            return true
        }
        guard isTaken else { throw .full(settings.waiting) }
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
        try change(id) { entry throws(RunQueueError) in
            guard entry.run.state == .waiting else { throw .wrongState("\(id) does not wait for an approval") }
            end(&entry, as: .failed, saying: "rejected by \(name)")
        }
        return try known(id)
    }

    /// Ends a run: at once while it waits; with its artifacts, as by Ctrl-C, while it runs.
    package func cancel(_ id: String) throws(RunQueueError) -> QueuedRun {
        try change(id) { entry throws(RunQueueError) in
            switch entry.run.state {
            case .waiting, .queued: end(&entry, as: .cancelled, saying: "cancelled")
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
        entries.withLock { entries in
            guard let entry = entries.first(where: { $0.run.id == id }) else { return nil }
            return entry.feed.events(after: after, most: settings.watchersPerRun)
        }
    }

    /// Ends all runs and waits for them.
    package func stop() async {
        let tasks = entries.withLock { entries in
            for index in entries.indices where !entries[index].run.state.isOver {
                entries[index].interruption.request()
                if entries[index].task == nil {
                    end(&entries[index], as: .cancelled, saying: "the service stopped")
                }
            }
            return entries.compactMap(\.task)
        }
        for task in tasks { await task.value }
    }

    private func known(_ id: String) throws(RunQueueError) -> QueuedRun {
        guard let run = run(id) else { throw .unknown(id) }
        return run
    }

    private func change(
        _ id: String,
        _ body: (inout Entry) throws(RunQueueError) -> Void
    ) throws(RunQueueError) {
        let result: Result<Void, RunQueueError> = entries.withLock { entries in
            guard let index = entries.firstIndex(where: { $0.run.id == id }) else { return .failure(.unknown(id)) }
            do throws(RunQueueError) {
                try body(&entries[index])
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try result.get()
    }

    private func end(_ entry: inout Entry, as state: QueuedRun.State, saying text: String) {
        entry.run.state = state
        entry.run.endedAt = now()
        entry.run.progress = text
        entry.run.share = nil
        entry.task = nil
        entry.feed.tell(.end, text)
    }

    private func beginWhatCan() {
        entries.withLock { entries in
            for index in entries.indices where entries[index].run.state == .queued {
                let running = entries.filter { $0.run.state == .running }
                guard running.count < settings.atOnce else { return }
                guard !running.contains(where: { $0.run.target == entries[index].run.target }) else { continue }
                entries[index].run.state = .running
                entries[index].run.startedAt = now()
                let (run, interruption) = (entries[index].run, entries[index].interruption)
                entries[index].task = Task.detached { await self.carryOut(run, interruption) }
            }
        }
    }

    private func carryOut(_ run: QueuedRun, _ interruption: RunInterruption) async {
        let state: QueuedRun.State
        let text: String
        var exitCode: Int?
        do {
            let runs = try EditionRuns(settings: try runSettings(run), interruption: interruption) { event in
                self.take(event, of: run.id)
            }
            let outcomes = await runs.execute()
            exitCode = Int(outcomes.exitCode)
            let failures = outcomes.editions.compactMap { $0.failure?.lines.first } + outcomes.failures
            let isReported = outcomes.editions.contains { $0.report != nil }
            state = interruption.isRequested ? .cancelled : isReported ? .finished : .failed
            text = failures.isEmpty ? "finished, exit code \(outcomes.exitCode)" : failures.joined(separator: "; ")
        } catch let failure as RunFailure {
            state = .failed
            text = failure.lines.joined(separator: "; ")
        } catch {
            state = .failed
            text = "\(error)"
        }
        entries.withLock { entries in
            guard let index = entries.firstIndex(where: { $0.run.id == run.id }) else { return }
            entries[index].run.exitCode = exitCode
            end(&entries[index], as: state, saying: text)
        }
        beginWhatCan()
    }

    private func runSettings(_ run: QueuedRun) throws(RunQueueError) -> RunSettings {
        guard let catalogue else { throw .unknown(run.id) }
        return RunSettings(
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

    private func take(_ event: RunEvent, of id: String) {
        entries.withLock { entries in
            guard let index = entries.firstIndex(where: { $0.run.id == id }) else { return }
            var share: Double?
            let text: String
            var kind = RunQueueEvent.Kind.progress
            switch event {
            case .started(let runID, _):
                entries[index].run.runIDs.append(runID)
                text = "run \(runID) began"
                kind = .note
            case .notice(let words):
                text = words
                kind = .note
            case .startingTarget(let command, _): text = "starting the target: \(command.prefix(200))"
            case .targetHealthy: text = "the target is healthy"
            case .load(let progress, let test, let spans, _):
                share = progress.total > .zero ? min(1, progress.elapsed / progress.total) : nil
                text = RunQueue.words(progress, test.name, spans)
            case .draining(let seen, let owed, let spans):
                text = "waiting for late spans: \(seen) of \(owed) requests have one, \(spans) spans"
            case .analysing: text = "analysing"
            }
            if kind == .progress {
                entries[index].run.progress = text
                entries[index].run.share = share
            }
            entries[index].feed.tell(kind, text, share: share)
        }
    }

    private static func words(_ progress: LoadProgress, _ test: String, _ spans: Int) -> String {
        let left = max(0, Int(((progress.total - progress.elapsed) / .seconds(1)).rounded(.up)))
        let p95 = (progress.p95Milliseconds * 10).rounded() / 10
        return "\(progress.isWarmup ? "warm-up" : "load") \(test): \(Int(progress.rate.rounded()))/s of "
            + "\(Int(progress.targetRate.rounded()))/s, p95 \(p95) ms, errors \(progress.errors), spans \(spans), \(left) s left"
    }
}
