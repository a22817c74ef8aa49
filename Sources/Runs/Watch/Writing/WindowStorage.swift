import Analysis
import Baselines
import Correlation
import Telemetry

/// Stores one closed window with its evidence and the deploys that it made certain, after making room for it.
struct WindowStorage: Sendable {
    let store: BaselineStore
    let settings: WatchSettings

    /// A deploy that was declared this long before or after it is seen is the same one: nanoseconds.
    private static let deployTolerance: UInt64 = 3_600_000_000_000

    /// - Parameters:
    ///   - closed: what is to be stored.
    ///   - newest: start of the newest window that was there before; what is not later is added to what is stored.
    ///   - now: Unix nanoseconds.
    /// - Throws: when the store cannot be written; then nothing of the window is in it.
    func save(_ closed: ClosedWindow, newest: UInt64?, now: UInt64) async throws(BaselineStoreError) {
        let spans = closed.traces.reduce(0) { $0 + $1.document.spans.count }
        let retention = UInt64(max(0, settings.retention / .nanoseconds(1)))
        _ = try await store.makeRoom(
            forgettingBefore: now > retention ? now - retention : 0,
            bytes: settings.storeBytes,
            room: (1 << 20) + spans * 300
        )
        var window = closed.window
        var isAddition = false
        if let newest, window.start <= newest, let known = try await stored(window.start) {
            window.merge(known)
            isAddition = true
        }
        // Deploys first: when they fail, a second try adds the window once and not twice.
        for deploy in closed.deploys where try await !isKnown(deploy) { try await store.record(deploy) }
        try await store.record(window, traces: closed.traces, keepsTraces: isAddition)
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
        let tolerance = WindowStorage.deployTolerance
        let around = (deploy.at - min(deploy.at, tolerance))..<deploy.at + tolerance
        return try await store.deploys(of: deploy.service, in: around).contains { $0.version == deploy.version }
    }
}
