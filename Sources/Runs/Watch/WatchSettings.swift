package import Analysis

/// What `plimsoll serve` listens to and how much it keeps.
package struct WatchSettings: Sendable, Hashable {
    /// Where and from whom telemetry is received.
    package var reception = ReceptionSettings()
    /// How long after its end a window waits for spans that are still on their way.
    package var settleTime: Duration = .seconds(20)
    /// Windows, traces, deploys and checks older than this are forgotten.
    package var retention: Duration = .seconds(14 * 86_400)
    /// Bytes the store's file may take up; past it the oldest traces go first, then the oldest windows.
    package var storeBytes = 2 << 30
    /// Bytes of whole recent traces held in memory, for who looks at what happens now.
    package var recentTraceBytes = 64 << 20
    /// What the services promise; without it no error budget is followed.
    package var objectives = ServiceObjectives()

    package init() {}
}
