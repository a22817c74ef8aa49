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
        var lastDelay: Duration?
        var lastDuration: Duration?
        /// The newest window of the store: what comes for it or before it is added to what is there.
        var newest: UInt64?
    }

    private let store: BaselineStore
    private let settings: WatchSettings
    private let state = Mutex(State())

    /// Windows that wait; beyond it the oldest are lost.
    static let limit = 60
    /// Of these many of the newest the traces wait too.
    private static let tracesLimit = 5
    /// A deploy that was declared this long before or after it is seen is the same one.
    private static let deployTolerance: UInt64 = 3_600_000_000_000

    init(store: BaselineStore, settings: WatchSettings) {
        self.store = store
        self.settings = settings
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
                try await store(next, now: now())
                let end = next.window.start + TelemetryWindow.length
                let delay = now()
                state.withLock { state in
                    // Others may have been dropped from the front meanwhile.
                    if state.waiting.first?.window.start == next.window.start { state.waiting.removeFirst() }
                    state.stored += 1
                    state.lastError = nil
                    state.lastDuration = ContinuousClock.now - start
                    state.lastDelay = .nanoseconds(Int64(clamping: delay > end ? delay - end : 0))
                    state.newest = max(state.newest ?? 0, next.window.start)
                }
            } catch {
                state.withLock { $0.lastError = error.description }
                return false
            }
        }
        return true
    }

    private func store(_ closed: ClosedWindow, now: UInt64) async throws(BaselineStoreError) {
        let spans = closed.traces.reduce(0) { $0 + $1.document.spans.count }
        let retention = UInt64(max(0, settings.retention / .nanoseconds(1)))
        _ = try await store.makeRoom(
            forgettingBefore: now > retention ? now - retention : 0,
            bytes: settings.storeBytes,
            room: (1 << 20) + spans * 300
        )
        var window = closed.window
        var isAddition = false
        if let newest = state.withLock({ $0.newest }), window.start <= newest,
            let known = try await stored(window.start)
        {
            window.merge(known)
            isAddition = true
        }
        try await store.record(window, traces: closed.traces, keepsTraces: isAddition)
        for deploy in closed.deploys where try await !isKnown(deploy) { try await store.record(deploy) }
    }

    /// The part of a minute that was stored before a restart; one that is damaged is replaced.
    private func stored(_ start: UInt64) async throws(BaselineStoreError) -> TelemetryWindow? {
        do throws(BaselineStoreError) {
            return try await store.windows(in: start..<start + 1).first
        } catch {
            if case .failed = error { return nil }
            throw error
        }
    }

    private func isKnown(_ deploy: DeployMarker) async throws(BaselineStoreError) -> Bool {
        let tolerance = WindowWriter.deployTolerance
        let around = (deploy.at - min(deploy.at, tolerance))..<deploy.at + tolerance
        return try await store.deploys(of: deploy.service, in: around).contains { $0.version == deploy.version }
    }
}
