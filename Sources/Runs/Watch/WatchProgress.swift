package import Correlation

/// What a `Watch` did since its start, and how it is doing now: the numbers of `/metrics` and of the front page.
package struct WatchProgress: Sendable {
    package var requests = 0
    package var refusedRequests = 0
    /// For want of room at the OTLP ports.
    package var refusedConnections = 0
    package var acceptedSpans = 0
    package var rejectedSpans = 0
    /// Found no room in memory.
    package var droppedSpans = 0
    /// Came when their window was closed.
    package var lateSpans = 0
    package var duplicateSpans = 0
    package var storedWindows = 0
    /// Could not be stored, with the store's reason in `lastError`.
    package var lostWindows = 0
    package var lastError: String?
    /// Bytes of spans held in memory.
    package var pendingBytes = 0
    package var recentTraces = 0
    /// Bytes of the store's file.
    package var storeBytes = 0
    /// Closed windows that wait to be stored.
    package var waitingWindows = 0
    /// Of all windows that were stored: from the end of each until it was in the store.
    package var commitDelay: Duration = .zero
    /// Of all transactions that stored one.
    package var commitTime: Duration = .zero
    /// Attempts to store a window.
    package var failedCommits = 0
    /// Of the last transaction.
    package var lastCommitDuration: Duration?
    /// Of the last week, when the process started: they are damaged, and what they held is not known.
    package var unreadableWindows = 0
    package var anomalies = AnomalyCounts()
    /// The newest window that is closed.
    package var lastWindow: TelemetryWindow?

    package init() {}
}
