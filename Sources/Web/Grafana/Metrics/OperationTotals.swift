import Baselines
import Correlation
import Telemetry

/// Keeps the `OperationBook` up to date with the windows in the store.
///
/// Counts windows from the start of the process on, each once, whoever scrapes and however often. A clock that was ahead, by
/// years if need be, costs nothing once it is set back: windows are asked for up to now, and those counted are known.
actor OperationTotals {
    // Of these the operations are known before they count.
    private static let lookback = 60 * TelemetryWindow.length
    // Of windows that are in memory at once.
    private static let stretch = 120 * TelemetryWindow.length
    // Before now: exemplars of windows that are older are not worth reading traces for.
    private static let exemplarAge = 60 * TelemetryWindow.length
    // Exemplars a window; more traces than these are seldom kept of one.
    private static let traceLimit = 200
    // Starts that are remembered, a day of them.
    private static let countedLimit = 1_440

    private let store: BaselineStore
    private let now: @Sendable () -> UInt64
    private var startedAt: UInt64
    private var book: OperationBook
    private var hasLookedBack = false
    private var counted: Set<UInt64> = []
    /// Since the start of the process.
    private(set) var unreadableWindows = 0

    /// `now` is the clock, Unix nanoseconds; the window in which it lies now counts.
    init(store: BaselineStore, limit: Int = OperationBook.standardLimit, now: @escaping @Sendable () -> UInt64) {
        self.store = store
        self.now = now
        startedAt = OperationTotals.minute(of: now())
        book = OperationBook(limit: limit)
    }

    /// The book after all windows that are closed now.
    func current() async throws -> OperationBook {
        await lookBack()
        let end = now() + TelemetryWindow.length
        startedAt = min(startedAt, OperationTotals.minute(of: end - TelemetryWindow.length))
        guard let known = try await store.windowRange() else { return book }
        let newest = counted.lazy.filter { $0 < end }.max()
        var start = max(startedAt, known.lowerBound, newest.map { $0 + 1 } ?? 0)
        while start < min(end, known.upperBound + 1) {
            let stop = min(end, known.upperBound + 1, start + OperationTotals.stretch)
            try await count(start..<stop, exemplarsFrom: end - min(end, OperationTotals.exemplarAge))
            start = stop
        }
        return book
    }

    /// What cannot be read here costs zeros at the beginning of series, and exemplars further down.
    private func lookBack() async {
        guard !hasLookedBack else { return }
        let range = startedAt - min(startedAt, OperationTotals.lookback)..<startedAt
        let before = (try? await store.windows(in: range)) ?? []
        guard !hasLookedBack else { return }
        hasLookedBack = true
        for window in before.reversed() { book.expect(window) }
    }

    private func count(_ range: Range<UInt64>, exemplarsFrom first: UInt64) async throws {
        var damaged: [UInt64] = []
        let windows = try await store.windows(in: range) { damaged.append($0) }
        for start in damaged where remember(start) { unreadableWindows += 1 }
        for window in windows {
            var traces: [TraceDocument] = []
            if window.start >= first {
                var query = TraceQuery()
                query.range = window.start..<(window.start + TelemetryWindow.length)
                query.limit = OperationTotals.traceLimit
                traces = (try? await store.traces(matching: query)) ?? []
            }
            // Another scrape may have come here meanwhile.
            guard remember(window.start) else { continue }
            book.add(window)
            book.show(traces)
        }
    }

    /// `false` where the window is counted already.
    private func remember(_ start: UInt64) -> Bool {
        guard counted.insert(start).inserted else { return false }
        if counted.count > OperationTotals.countedLimit, let oldest = counted.min() { counted.remove(oldest) }
        return true
    }

    private static func minute(of time: UInt64) -> UInt64 { time - time % TelemetryWindow.length }
}
