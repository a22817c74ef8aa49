import Analysis
import Baselines
import Correlation
import Telemetry

/// Stores one closed window with its evidence, the deploys that it made certain and the anomalies that it showed, after
/// making room for it.
struct WindowStorage: Sendable {
    let store: BaselineStore
    let settings: WatchSettings
    let anomalies: AnomalyLedger

    /// A deploy that was declared this long before or after it is seen is the same one: nanoseconds.
    private static let deployTolerance: UInt64 = 3_600_000_000_000
    /// Before a window: deploys that may still be felt in it.
    private static let deployReach: UInt64 = 10 * TelemetryWindow.length
    /// What is forgotten with one window at most: a clock that is wrong by years for a minute costs an hour, and not all.
    private static let longestForgetting: UInt64 = 3_600_000_000_000

    /// - Parameters:
    ///   - closed: what is to be stored.
    ///   - newest: start of the newest window that was there before; what is not later is added to what is stored.
    ///   - now: Unix nanoseconds.
    /// - Throws: when the store cannot be written; then nothing of the window is in it.
    func save(_ closed: ClosedWindow, newest: UInt64?, now: UInt64) async throws(BaselineStoreError) {
        let spans = closed.traces.reduce(0) { $0 + $1.document.spans.count }
        _ = try await store.makeRoom(
            forgettingBefore: try await horizon(now: now),
            bytes: settings.storeBytes,
            room: (1 << 20) + spans * 300
        )
        var window = closed.window
        var isAddition = false
        // One that is damaged is replaced.
        if let newest, window.start <= newest,
            let known = try await store.windows(in: window.start..<window.start + 1).first
        {
            window.merge(known)
            isAddition = true
        }
        // Deploys first: when they fail, a second try adds the window once and not twice.
        for deploy in closed.deploys where try await !isKnown(deploy) { try await store.record(deploy) }
        // A part of a minute whose other part was judged, or learnt from, says nothing new.
        if !isAddition { anomalies.judge(window, deploys: try await deploys(near: window) + closed.candidates) }
        let changed = anomalies.unsaved
        try await store.record(window, traces: closed.traces, keepsTraces: isAddition, anomalies: changed)
        anomalies.forget(saved: changed)
    }

    /// What is older is forgotten.
    private func horizon(now: UInt64) async throws(BaselineStoreError) -> UInt64 {
        let retention = UInt64(max(0, settings.retention / .nanoseconds(1)))
        let wanted = now > retention ? now - retention : 0
        guard let oldest = try await store.windowRange()?.lowerBound else { return wanted }
        return min(wanted, oldest + WindowStorage.longestForgetting)
    }

    private func deploys(near window: TelemetryWindow) async throws(BaselineStoreError) -> [DeployMarker] {
        let start = window.start - min(window.start, WindowStorage.deployReach)
        return try await store.deploys(in: start..<window.start + TelemetryWindow.length, limit: 1_000)
    }

    private func isKnown(_ deploy: DeployMarker) async throws(BaselineStoreError) -> Bool {
        let tolerance = WindowStorage.deployTolerance
        let around = (deploy.at - min(deploy.at, tolerance))..<deploy.at + tolerance
        return try await store.deploys(of: deploy.service, in: around).contains { $0.version == deploy.version }
    }
}
