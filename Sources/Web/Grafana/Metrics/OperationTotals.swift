import Baselines
import Correlation
import Telemetry

/// Keeps the `OperationBook` up to date with the windows in the store.
///
/// Counts windows from the start of the process on, each once, whoever scrapes and however often.
actor OperationTotals {
    // Of these the operations are known before they count.
    private static let lookback = 60 * TelemetryWindow.length
    // How far back windows are read one by one after one that is damaged.
    private static let repairLength = 1_440 * TelemetryWindow.length
    // Exemplars a window; more traces than these are seldom kept of one.
    private static let traceLimit = 200

    private let store: BaselineStore
    private let startedAt: UInt64
    private var book: OperationBook
    private var hasLookedBack = false
    private var newest: UInt64
    /// Since the start of the process.
    private(set) var unreadableWindows = 0
    private var newestUnreadable: UInt64 = 0

    /// `startedAt` is in Unix nanoseconds; the window in which it lies counts.
    init(store: BaselineStore, startedAt: UInt64, limit: Int = OperationBook.standardLimit) {
        self.store = store
        self.startedAt = startedAt - startedAt % TelemetryWindow.length
        book = OperationBook(limit: limit)
        newest = 0
    }

    /// The book after all windows that are closed now.
    func current() async throws -> OperationBook {
        if !hasLookedBack {
            // What cannot be read here costs zeros at the beginning of series, and exemplars further down.
            let range = startedAt - min(startedAt, OperationTotals.lookback)..<startedAt
            let before = (try? await store.windows(in: range)) ?? []
            if !hasLookedBack {
                hasLookedBack = true
                for window in before.reversed() { book.expect(window) }
            }
        }
        for window in try await windows(from: max(startedAt, newest == 0 ? 0 : newest + 1)) {
            var query = TraceQuery()
            query.range = window.start..<(window.start + TelemetryWindow.length)
            query.limit = OperationTotals.traceLimit
            let traces = (try? await store.traces(matching: query)) ?? []
            // Another scrape may have come here meanwhile.
            guard window.start > newest else { continue }
            newest = window.start
            book.add(window)
            book.show(traces)
        }
        return book
    }

    /// A window that cannot be read is passed over and counted, or none after it would ever count.
    private func windows(from first: UInt64) async throws -> [TelemetryWindow] {
        do {
            return try await store.windows(in: first..<UInt64.max)
        } catch {
            guard let last = try await store.windowRange()?.upperBound, last >= first else { return [] }
            var found: [TelemetryWindow] = []
            var start = max(first, last - min(last, OperationTotals.repairLength))
            while start <= last {
                let end = start - start % TelemetryWindow.length + TelemetryWindow.length
                do {
                    found += try await store.windows(in: start..<end)
                } catch {
                    // The newest one is met again by every scrape until another window is closed.
                    if end > newestUnreadable { unreadableWindows += 1 }
                    newestUnreadable = max(newestUnreadable, end)
                }
                start = end
            }
            return found
        }
    }
}
