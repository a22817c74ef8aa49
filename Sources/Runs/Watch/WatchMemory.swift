import Analysis
import Baselines
import Correlation
import Statistics
import Synchronization
import Telemetry

/// The spans that a watch holds, and the clockwork that makes windows of them.
///
/// A window is closed when its minute and the settling time are over. What is counted in it are the traces that began
/// before its end; one that is still open then, because its root has not come and it reaches into the next minute, is
/// carried over, five minutes at most. Safe to use from any thread; `advance` and `closeAll` by one task at a time.
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
        /// Whose numbers `pending` is in.
        var generation: WatchGeneration
        var pending: [SpanTable] = []
        var closed = ClosedTraces()
        /// Oldest first.
        var recent: [RecentSpans] = []
        /// Traces whose rank is below are kept: halved each time that memory runs out.
        var keptBelow: UInt64 = 1 << 32
        var counts = Counts()
        /// Of `counts`, what the windows that are closed already have been told.
        var reportedLate = 0
        var reportedDropped = 0
        var thinned = 0
        var versions = VersionTracker()
        var operations = KnownOperations()
        var anomalies = AnomalyTracker()
        /// Of the last windows, so that what they change at once is no anomaly.
        var deploys: [DeployMarker] = []

        var pendingBytes: Int { pending.reduce(0) { $0 + $1.byteCount } }
    }

    let intake: WatchIntake
    private let settings: WatchSettings
    private let settling: UInt64
    private let state: Mutex<State>
    private let makeVocabulary: @Sendable () -> Vocabulary

    /// Windows that an open trace is carried over.
    private static let carryLimit: UInt64 = 5
    /// Limits on different values are made anew this often, or a year of versions would fill them.
    private static let generationAge: UInt64 = 86_400_000_000_000

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
        state = Mutex(State(open: WatchMemory.minute(of: now), generation: generation))
    }

    /// Learns from a window that was stored before; to be called in order of time.
    func restore(_ window: TelemetryWindow) {
        state.withLock { state in
            _ = state.versions.observe(window)
            state.operations.add(window)
            state.anomalies.learn(window)
            state.counts.lastWindow = window
        }
    }

    /// Operations that have left what is usual for them.
    var anomalies: [OperationAnomaly] { state.withLock { $0.anomalies.anomalies } }

    /// Takes in what came and closes the windows whose time is over, in order.
    func advance(to now: UInt64) -> [ClosedWindow] {
        drain()
        var windows: [ClosedWindow] = []
        let length = TelemetryWindow.length
        if now + length < openWindow {
            // The clock was set back: what is there belongs to the minutes it was said to be of.
            windows.append(close(at: now, takesAll: false))
            setOpen(WatchMemory.minute(of: now))
        }
        while now >= openWindow + length + settling {
            windows.append(close(at: now, takesAll: false))
            setOpen(nextWindow(after: openWindow, now: now))
        }
        replaceGeneration(at: now)
        return windows
    }

    /// Closes every window up to now, the one that is not over included.
    func closeAll(at now: UInt64) -> [ClosedWindow] {
        var windows = advance(to: now)
        while openWindow < WatchMemory.minute(of: now) {
            windows.append(close(at: now, takesAll: false))
            setOpen(openWindow + TelemetryWindow.length)
        }
        let last = close(at: now, takesAll: true)
        if last.window.spans > 0 || last.window.lateSpans > 0 { windows.append(last) }
        return windows
    }

    /// Takes in what came, so that it can be looked at.
    func drain() {
        state.withLock { state in
            for draft in intake.drain() {
                var spans = draft.spans
                if draft.generation !== state.generation {
                    var translation = SpanTranslation(
                        from: draft.generation.vocabulary,
                        to: state.generation.vocabulary
                    )
                    spans = translation.translate(spans)
                }
                let rows = spans.indices.filter { !state.closed.contains(low: spans.traceLow[$0]) }
                if rows.count < spans.count {
                    state.counts.lateSpans += spans.count - rows.count
                    spans.keep(rows.map { UInt32($0) })
                }
                if state.keptBelow < 1 << 32 { state.thinned += WatchMemory.thin(&spans, below: state.keptBelow) }
                if !spans.isEmpty { state.pending.append(spans) }
            }
            while state.pendingBytes > settings.reception.storeBytes / 2, state.keptBelow > 1 {
                state.keptBelow /= 2
                for index in state.pending.indices {
                    state.thinned += WatchMemory.thin(&state.pending[index], below: state.keptBelow)
                }
            }
        }
    }

    var counts: Counts {
        state.withLock { state in
            var counts = state.counts
            counts.droppedSpans = intake.dropped + state.thinned
            counts.pendingBytes = state.pendingBytes + intake.current.inbox.byteCount
            counts.recentTraces = state.recent.reduce(0) { $0 + $1.traces }
            return counts
        }
    }

    /// What is held in memory, the newest first: what is in no window yet, then window by window.
    func recent() -> [RecentSpans] {
        drain()
        return state.withLock { state in
            var pending = SpanTable()
            for spans in state.pending { pending.append(contentsOf: spans) }
            pending.sortByTrace()
            return [RecentSpans(spans: pending, vocabulary: state.generation.vocabulary)] + state.recent.reversed()
        }
    }

    /// Operations that were seen of late, those of open windows included.
    func operations() -> Set<OperationKey> {
        drain()
        return state.withLock { state in
            var keys = state.operations.keys
            for spans in state.pending {
                keys.formUnion(RecentSpans(spans: spans, vocabulary: state.generation.vocabulary).operations)
            }
            return keys
        }
    }

    private var openWindow: UInt64 { state.withLock { $0.open } }

    private func setOpen(_ start: UInt64) { state.withLock { $0.open = start } }

    /// The next minute, or the next one with spans where a clock was set forward.
    private func nextWindow(after open: UInt64, now: UInt64) -> UInt64 {
        let next = open + TelemetryWindow.length
        let newest = WatchMemory.minute(of: now - settling)
        guard newest > next + 10 * TelemetryWindow.length else { return next }
        let earliest = state.withLock { state in
            state.pending.compactMap { spans in spans.startNanoseconds.lazy.filter { $0 >= next }.min() }.min()
        }
        return max(next, min(newest, earliest.map { WatchMemory.minute(of: $0) } ?? newest))
    }

    private func close(at now: UInt64, takesAll: Bool) -> ClosedWindow {
        let (start, generation, taken, late, dropped) = state.withLock { state in
            let taken = takeTraces(from: &state, at: now, takesAll: takesAll)
            let late = state.counts.lateSpans - state.reportedLate
            let allDropped = intake.dropped + state.thinned
            let dropped = allDropped - state.reportedDropped
            state.reportedLate += late
            state.reportedDropped = allDropped
            if state.pendingBytes < settings.reception.storeBytes / 8 { state.keptBelow = 1 << 32 }
            return (state.open, state.generation, taken, late, dropped)
        }
        let built = WindowBuilder(vocabulary: generation.vocabulary).build(start: start, spans: taken)
        var window = built.window
        window.lateSpans = late
        window.droppedSpans = dropped
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
        let deploys = state.withLock { state in
            state.counts.duplicateSpans += built.duplicateSpans
            state.counts.lastWindow = window
            state.operations.add(window)
            let deploys = state.versions.observe(window)
            state.deploys = state.deploys.filter { $0.at + 10 * TelemetryWindow.length > start } + deploys
            state.anomalies.observe(window, deploys: state.deploys)
            return deploys
        }
        return ClosedWindow(window: window, traces: traces, deploys: deploys)
    }

    /// Takes the traces of the open window out of what is pending; sorted by trace.
    private func takeTraces(from state: inout State, at now: UInt64, takesAll: Bool) -> SpanTable {
        var spans = SpanTable()
        for chunk in state.pending { spans.append(contentsOf: chunk) }
        state.pending = []
        spans.sortByTrace()
        let (start, length) = (state.open, TelemetryWindow.length)
        let end = start + length
        var (taken, kept): ([UInt32], [UInt32]) = ([], [])
        var ids: Set<UInt64> = []
        for trace in TraceRows(spans: spans) {
            let rows = UInt32(trace.rows.lowerBound)..<UInt32(trace.rows.upperBound)
            // A sender whose clock is ahead must not fill the memory until its time has come.
            let isToCome = trace.start >= end && trace.start <= now + length
            let isOpen =
                !trace.hasRoot && trace.start < end && trace.end > end
                && trace.start + WatchMemory.carryLimit * length > end
            if !takesAll, isToCome || isOpen {
                kept.append(contentsOf: rows)
            } else if trace.end < start {
                state.counts.lateSpans += rows.count
            } else {
                taken.append(contentsOf: rows)
                ids.insert(spans.traceLow[trace.rows.lowerBound])
            }
        }
        if !kept.isEmpty { state.pending = [spans.selecting(kept)] }
        if taken.count < spans.count {
            spans.keep(taken)
            spans.sortByTrace()
        }
        guard !spans.isEmpty else { return spans }
        state.closed.add(ids, of: start)
        state.recent.append(
            RecentSpans(spans: spans, vocabulary: state.generation.vocabulary)
                .thinned(toBytes: settings.recentTraceBytes)
        )
        while state.recent.count > 1,
            state.recent.reduce(0, { $0 + $1.spans.byteCount }) > settings.recentTraceBytes
        {
            state.recent.removeFirst()
        }
        return spans
    }

    private func replaceGeneration(at now: UInt64) {
        let old = intake.current
        let age = now > old.begunAt ? now - old.begunAt : 0
        guard old.vocabulary.isMoreThanHalfFull || age > WatchMemory.generationAge else { return }
        let next = WatchGeneration(
            begunAt: now,
            inboxBytes: settings.reception.storeBytes / 4,
            vocabulary: makeVocabulary()
        )
        intake.replace(with: next)
        state.withLock { state in
            var translation = SpanTranslation(from: old.vocabulary, to: next.vocabulary)
            state.pending = state.pending.map { translation.translate($0) }
            state.generation = next
            // At most one vocabulary beside the one in use is kept alive.
            state.recent.removeAll { $0.vocabulary !== old.vocabulary }
        }
    }

    private static func thin(_ spans: inout SpanTable, below limit: UInt64) -> Int {
        let count = spans.count
        let rows = spans.indices.filter { spans.traceLow[$0] >> 32 < limit }
        if rows.count < count { spans.keep(rows.map { UInt32($0) }) }
        return count - rows.count
    }

    private static func minute(of time: UInt64) -> UInt64 { time - time % TelemetryWindow.length }
}
