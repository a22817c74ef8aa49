import Analysis
import Baselines
import Correlation
import Synchronization
import Telemetry

/// Puts closed windows into the store, in order; what cannot be stored now waits, within limits, and is tried again.
///
/// Safe to use from any thread; `flush` by one task at a time.
final class WindowWriter: Sendable {
    struct State: Sendable {
        var waiting: [ClosedWindow] = []
        var stored = 0
        var lost = 0
        var lastError: String?
        /// Sums over all that was stored.
        var delay: Duration = .zero
        var duration: Duration = .zero
        var failures = 0
        var lastDuration: Duration?
        /// The newest window of the store: what comes for it or before it is added to what is there.
        var newest: UInt64?
    }

    /// Stores a window, given the newest one that was stored and the time.
    typealias Save = @Sendable (ClosedWindow, UInt64?, UInt64) async throws(BaselineStoreError) -> Void

    private let save: Save
    private let state = Mutex(State())

    /// Windows that wait; beyond it the oldest are lost.
    static let limit = 60
    /// Of these many of the newest the traces wait too.
    private static let tracesLimit = 5

    init(save: @escaping Save) {
        self.save = save
    }

    var current: State { state.withLock { $0 } }

    /// Learns where the store ends.
    func restore(newest: UInt64?) { state.withLock { $0.newest = newest } }

    func add(_ windows: [ClosedWindow]) {
        state.withLock { state in
            state.waiting += windows
            if state.waiting.count > WindowWriter.limit {
                state.lost += state.waiting.count - WindowWriter.limit
                state.waiting.removeFirst(state.waiting.count - WindowWriter.limit)
            }
            for index in state.waiting.indices.dropLast(WindowWriter.tracesLimit) { state.waiting[index].traces = [] }
        }
    }

    /// Stores what waits, until nothing does or the store refuses; `now` is Unix nanoseconds.
    ///
    /// - Returns: whether nothing waits any more.
    @discardableResult
    func flush(now: @Sendable () -> UInt64) async -> Bool {
        while let next = state.withLock({ $0.waiting.first }) {
            do throws(BaselineStoreError) {
                let start = ContinuousClock.now
                try await save(next, current.newest, now())
                let end = next.window.start + TelemetryWindow.length
                let written = now()
                let duration = ContinuousClock.now - start
                state.withLock { state in
                    // Others may have been dropped from the front meanwhile.
                    if state.waiting.first?.window.start == next.window.start { state.waiting.removeFirst() }
                    state.stored += 1
                    state.lastError = nil
                    state.lastDuration = duration
                    state.duration += duration
                    state.delay += .nanoseconds(Int64(clamping: written > end ? written - end : 0))
                    state.newest = max(state.newest ?? 0, next.window.start)
                }
            } catch {
                state.withLock { state in
                    state.lastError = error.description
                    state.failures += 1
                }
                return false
            }
        }
        return true
    }
}
