import Analysis
import Baselines
import Correlation
import Synchronization
import Telemetry

/// What came and is in no window yet, and what is remembered of the windows that were closed last.
///
/// A window is closed when its minute and the settling time are over. What is counted in it are the traces that began
/// before its end; one that is still open then, because its root has not come and it reaches into the next minute, is
/// carried over, five minutes at most. Safe to use from any thread; `advance` and `closeAll` by one task at a time. Nothing
/// is sorted, walked or built while the lock is held; the intake's own lock is only ever taken within it.
final class WatchMemory: Sendable {
    /// Counts since the start.
    struct Counts: Sendable {
        var lateSpans = 0
        var droppedSpans = 0
        var duplicateSpans = 0
        var pendingBytes = 0
        var recentTraces = 0
        var lastWindow: TelemetryWindow?
    }

    private struct State {
        /// Start of the window that is not closed yet.
        var open: UInt64
        var pending: PendingSpans
        var recent: RecentWindows
        var duplicateSpans = 0
        var lastWindow: TelemetryWindow?
        /// What the windows that are closed already have been told.
        var reportedLate = 0
        var reportedDropped = 0
        var versions = VersionTracker()
        var operations = KnownOperations()
    }

    let intake: WatchIntake
    private let settings: WatchSettings
    private let settling: UInt64
    private let state: Mutex<State>
    private let makeVocabulary: @Sendable () -> Vocabulary

    /// Limits on different values are made anew this often, or a year of versions would fill them.
    private static let generationAge: UInt64 = 86_400_000_000_000
    /// Windows without spans in a row that a clock set forward may make.
    private static let emptyWindows: UInt64 = 10
    /// Before a time that the clock was set back to, nanoseconds: spans whose minutes are closed once more.
    private static let setBackReach: UInt64 = 5 * TelemetryWindow.length
    /// Before the end of a window, nanoseconds: versions that may be deploys.
    private static let candidateAge: UInt64 = 10 * TelemetryWindow.length

    /// `now` is Unix nanoseconds; `makeVocabulary` is for tests with small ones.
    init(
        settings: WatchSettings,
        now: UInt64,
        makeVocabulary: @escaping @Sendable () -> Vocabulary = { Vocabulary() }
    ) {
        self.settings = settings
        self.makeVocabulary = makeVocabulary
        settling = UInt64(max(0, settings.settleTime / .nanoseconds(1)))
        let generation = WatchGeneration(
            begunAt: now,
            inboxBytes: settings.reception.storeBytes / 4,
            vocabulary: makeVocabulary()
        )
        intake = WatchIntake(generation)
        state = Mutex(
            State(
                open: WatchMemory.minute(of: now),
                pending: PendingSpans(generation: generation, byteLimit: settings.reception.storeBytes / 2),
                recent: RecentWindows(byteLimit: settings.recentTraceBytes)
            )
        )
    }

    /// Learns from a window that was stored before; to be called in order of time.
    func restore(_ window: TelemetryWindow) {
        state.withLock { state in
            _ = state.versions.observe(window)
            state.operations.add(window)
            state.lastWindow = window
        }
    }

    /// Takes in what came and closes the windows whose time is over, in order.
    func advance(to now: UInt64) -> [ClosedWindow] {
        drain()
        var windows: [ClosedWindow] = []
        let length = TelemetryWindow.length
        if now + length < openWindow {
            // The clock was set back: what is there belongs to the minutes it was said to be of.
            windows.append(close(at: now, keepsEarlier: true))
            // Minutes that the wrong clock closed early are closed once more: what came since is added to them.
            let reach = now - min(now, WatchMemory.setBackReach)
            setOpen(WatchMemory.minute(of: min(now, firstPending(from: reach) ?? now)))
        }
        while now >= openWindow + length + settling {
            windows.append(close(at: now))
            setOpen(nextWindow(after: openWindow, now: now))
        }
        replaceGeneration(at: now)
        return windows
    }

    /// Closes every window up to now, the one that is not over included.
    func closeAll(at now: UInt64) -> [ClosedWindow] {
        var windows = advance(to: now)
        while openWindow < WatchMemory.minute(of: now) {
            windows.append(close(at: now))
            setOpen(openWindow + TelemetryWindow.length)
        }
        let last = close(at: now, takesAll: true)
        if last.window.spans > 0 || last.window.lateSpans > 0 { windows.append(last) }
        return windows
    }

    /// Takes in what came, so that it can be looked at.
    func drain() {
        state.withLock { state in
            for draft in intake.drain() { state.pending.add(draft) }
            state.pending.makeRoom()
        }
    }

    var counts: Counts {
        state.withLock { state in
            Counts(
                lateSpans: state.pending.late,
                droppedSpans: intake.dropped + state.pending.thinned,
                duplicateSpans: state.duplicateSpans,
                pendingBytes: state.pending.byteCount + intake.current.inbox.byteCount,
                recentTraces: state.recent.traces,
                lastWindow: state.lastWindow
            )
        }
    }

    /// What is held in memory, the newest first: what is in no window yet, then window by window.
    func recent() -> [RecentSpans] {
        drain()
        let (pending, windows) = state.withLock { ($0.pending.snapshot, $0.recent.windows) }
        return [RecentSpans(spans: pending.table, vocabulary: pending.generation.vocabulary)] + windows.reversed()
    }

    /// Operations that were seen of late, those of open windows included.
    func operations() -> Set<OperationKey> {
        drain()
        let (pending, known) = state.withLock { ($0.pending.snapshot, $0.operations.keys) }
        let open = Set(pending.chunks.flatMap { Set($0.operation) })
        return known.union(open.map { pending.generation.vocabulary.operation($0) })
    }

    private var openWindow: UInt64 { state.withLock { $0.open } }

    private func setOpen(_ start: UInt64) { state.withLock { $0.open = start } }

    /// The next minute, or the next one with spans where a clock was set forward.
    private func nextWindow(after open: UInt64, now: UInt64) -> UInt64 {
        let next = open + TelemetryWindow.length
        let newest = WatchMemory.minute(of: now - settling)
        guard newest > next + WatchMemory.emptyWindows * TelemetryWindow.length else { return next }
        return max(next, min(newest, firstPending(from: next).map { WatchMemory.minute(of: $0) } ?? newest))
    }

    /// Start of the earliest span that waits, of those from `time` on.
    private func firstPending(from time: UInt64) -> UInt64? {
        let pending = state.withLock { $0.pending.snapshot }
        return pending.chunks.compactMap { $0.startNanoseconds.lazy.filter { $0 >= time }.min() }.min()
    }

    private func close(at now: UInt64, takesAll: Bool = false, keepsEarlier: Bool = false) -> ClosedWindow {
        let (generation, start, spans) = take(at: now, takesAll: takesAll, keepsEarlier: keepsEarlier)
        let built = WindowBuilder(vocabulary: generation.vocabulary).build(start: start, spans: spans)
        let rows = TraceRows(spans: built.spans)
        let traces = built.exemplars.map { exemplar in
            StoredTrace(
                role: exemplar.role,
                document: TraceDocument(
                    rows.rows(of: exemplar.trace),
                    of: built.spans,
                    vocabulary: generation.vocabulary
                )
            )
        }
        return state.withLock { state in
            var closed = ClosedWindow(window: built.window, traces: traces)
            let (late, dropped) = (state.pending.late, intake.dropped + state.pending.thinned)
            closed.window.lateSpans = late - state.reportedLate
            closed.window.droppedSpans = dropped - state.reportedDropped
            (state.reportedLate, state.reportedDropped) = (late, dropped)
            state.duplicateSpans += built.duplicateSpans
            state.lastWindow = closed.window
            state.operations.add(closed.window)
            closed.deploys = state.versions.observe(closed.window)
            closed.candidates = state.versions.candidates(since: start - min(start, WatchMemory.candidateAge))
            return closed
        }
    }

    /// Takes the traces of the open window out of what is pending; sorted by trace.
    private func take(
        at now: UInt64,
        takesAll: Bool,
        keepsEarlier: Bool
    ) -> (generation: WatchGeneration, start: UInt64, spans: SpanTable) {
        while true {
            let (start, pending) = state.withLock { ($0.open, $0.pending.snapshot) }
            let closing = WindowSplit.Closing(start: start, now: now, takesAll: takesAll, keepsEarlier: keepsEarlier)
            let split = WindowSplit(pending.table, closing)
            let recent = RecentSpans(spans: split.taken, vocabulary: pending.generation.vocabulary)
                .thinned(toBytes: settings.recentTraceBytes)
            let isTaken = state.withLock { state in
                guard state.pending.take(split, of: pending, window: start) else { return false }
                if recent.traces > 0 { state.recent.add(recent) }
                return true
            }
            // Memory ran out meanwhile, which can happen 32 times at most.
            if isTaken { return (pending.generation, start, split.taken) }
        }
    }

    private func replaceGeneration(at now: UInt64) {
        let old = intake.current
        // A clock that was ahead when it began would make it last for years.
        let age = max(now, old.begunAt) - min(now, old.begunAt)
        guard old.vocabulary.isMoreThanHalfFull || age > WatchMemory.generationAge else { return }
        let next = WatchGeneration(
            begunAt: now,
            inboxBytes: settings.reception.storeBytes / 4,
            vocabulary: makeVocabulary()
        )
        state.withLock { state in
            intake.replace(with: next)
            state.pending.move(to: next)
            state.recent.keepOnly(old.vocabulary)
        }
    }

    private static func minute(of time: UInt64) -> UInt64 { time - time % TelemetryWindow.length }
}
