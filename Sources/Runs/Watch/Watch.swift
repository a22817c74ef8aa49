import Analysis
package import Baselines
package import Collectors
import Correlation
import Listeners
import Logging
import ServiceLifecycle
import Synchronization
import Telemetry

/// The always-on part of `plimsoll serve`: receives, closes a window a minute, marks deploys, forgets what is old.
///
/// Safe to use from any task.
package final class Watch: Sendable {
    package let settings: WatchSettings
    package let store: BaselineStore
    package let counters: ReceiverCounters
    package let traces: TraceArchive
    let memory: WatchMemory
    let anomalies: AnomalyLedger
    let writer: WindowWriter
    private let now: @Sendable () -> UInt64
    private let logger: Logger

    /// How long the clockwork and the writer sleep between two looks.
    private static let tick: Duration = .seconds(1)
    /// Of a store that refuses to be written.
    private static let retry: Duration = .seconds(5)
    /// Of a store from which it cannot be learnt what is usual; then the service does without.
    private static let learningAttempts = 3
    /// Windows from which a new process learns which versions and operations are not new.
    private static let remembered: UInt64 = 1_440

    /// `now` is the wall clock, Unix nanoseconds.
    package convenience init(settings: WatchSettings, store: BaselineStore) {
        self.init(settings: settings, store: store, now: WallClock.now)
    }

    package init(settings: WatchSettings, store: BaselineStore, now: @escaping @Sendable () -> UInt64) {
        self.settings = settings
        self.store = store
        self.now = now
        counters = ReceiverCounters()
        memory = WatchMemory(settings: settings, now: now())
        anomalies = AnomalyLedger(objectives: settings.objectives)
        let storage = WindowStorage(store: store, settings: settings, anomalies: anomalies)
        writer = WindowWriter { closed, newest, now throws(BaselineStoreError) in
            try await storage.save(closed, newest: newest, now: now)
        }
        traces = TraceArchive(store: store, memory: memory)
        logger = Logger(label: "plimsoll.watch") { _ in SwiftLogNoOpLogHandler() }
    }

    /// Runs until it is cancelled; throws `RunFailure` when a port cannot be listened on.
    ///
    /// `onListening` is called with the transport's name and its real port. When it returns, the open window is stored.
    package func run(onListening: @escaping @Sendable (String, Int) -> Void) async throws {
        try OpenFiles.check()
        let receivers = ReceiverSet(
            settings: settings.reception,
            destination: memory.intake.destination,
            counters: counters,
            logger: logger
        )
        do {
            let services = try receivers.services(onListening: onListening)
            try await restore()
            try await serve(ServiceGroup(services: services, logger: logger))
        } catch let error as ReceiverError {
            throw RunFailure.notCarriedOut("\(error)")
        } catch let error as BaselineStoreError {
            throw RunFailure.notCarriedOut("\(error)")
        }
    }

    /// Runs the receivers until this task is cancelled or they end by themselves.
    ///
    /// What is in memory is stored first and the receivers are stopped then: whatever may go wrong as thousands of
    /// connections are closed, it costs no window. What came meanwhile is added.
    private func serve(_ group: ServiceGroup) async throws {
        let (stopped, stop) = AsyncStream.makeStream(of: Void.self)
        // Detached, and tasks of their own: neither cancellation nor a shutdown around ends them out of order.
        let serving = Task.detached {
            defer { stop.finish() }
            try await group.run()
        }
        let clock = Task { await keepTime() }
        let writing = Task { await keepWriting() }
        await withTaskCancellationHandler {
            for await _ in stopped {}
        } onCancel: {
            stop.finish()
        }
        clock.cancel()
        writing.cancel()
        await clock.value
        await writing.value
        await Task { await finish() }.value
        await group.triggerGracefulShutdown()
        let result = await serving.result
        await Task { await finish() }.value
        try result.get()
    }

    /// Counts since the start.
    package var progress: WatchProgress {
        let (received, counts, written) = (counters.snapshot, memory.counts, writer.current)
        var progress = WatchProgress()
        progress.requests = received.requests
        progress.refusedRequests = received.refusedRequests
        progress.refusedConnections =
            counters.httpConnections.snapshot.refused + counters.grpcConnections.snapshot.refused
        progress.acceptedSpans = received.acceptedSpans
        progress.rejectedSpans = received.rejectedSpans
        progress.droppedSpans = counts.droppedSpans
        progress.lateSpans = counts.lateSpans
        progress.duplicateSpans = counts.duplicateSpans
        progress.storedWindows = written.stored
        progress.lostWindows = written.lost
        progress.lastError = written.lastError
        progress.pendingBytes = counts.pendingBytes
        progress.recentTraces = counts.recentTraces
        progress.storeBytes = store.fileBytes
        progress.waitingWindows = written.waiting.count
        progress.commitDelay = written.delay
        progress.commitTime = written.duration
        progress.failedCommits = written.failures
        progress.lastCommitDuration = written.lastDuration
        progress.lastWindow = counts.lastWindow
        progress.unreadableWindows = anomalies.unreadableWindows
        progress.anomalies = anomalies.counts
        return progress
    }

    /// What the store knows of the time before this process, as far as nothing can be received without it.
    func restore() async throws {
        guard let newest = try await store.newestWindow(at: now()), let last = try await store.windowRange()?.upperBound
        else { return }
        writer.restore(newest: last)
        let first = newest - min(newest, Watch.remembered * TelemetryWindow.length)
        // Those that are damaged are counted as it is learnt what is usual, of which they are a part.
        try await store.forEachWindow(in: first..<newest + 1, onDamage: { _ in }) { memory.restore($0) }
    }

    /// Learns from the last week what is usual; the first window waits for it.
    func learnUsual() async {
        for _ in 0..<Watch.learningAttempts {
            do {
                return try await anomalies.restore(from: store, now: now())
            } catch {
                guard (try? await Task.sleep(for: Watch.retry)) != nil else { return }
            }
        }
    }

    /// Closes what is over by the clock; what `keepTime` does each second.
    func advance() { writer.add(memory.advance(to: now())) }

    /// Stores everything, the open window included.
    func finish() async {
        writer.add(memory.closeAll(at: now()))
        await writer.flush(now: now)
    }

    private func keepTime() async {
        while (try? await Task.sleep(for: Watch.tick)) != nil { advance() }
    }

    private func keepWriting() async {
        await learnUsual()
        var pause = Watch.tick
        while (try? await Task.sleep(for: pause)) != nil {
            // In a task of its own: what has begun is written to its end.
            let isDone = await Task { [self] in await writer.flush(now: now) }.value
            pause = isDone ? Watch.tick : Watch.retry
        }
    }
}
