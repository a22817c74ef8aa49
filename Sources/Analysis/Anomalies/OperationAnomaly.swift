package import Telemetry

/// An operation that has left what is usual for it, from when to when.
package struct OperationAnomaly: Sendable, Hashable, Codable {
    package enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
        case warning, critical
    }

    /// What showed it.
    package enum Signal: String, Sendable, Hashable, Codable, CaseIterable {
        /// Robust z of single minutes.
        case level
        /// A slow shift that only the moving average sees.
        case drift
    }

    package var operation: OperationKey
    package var signal: Signal
    package var severity: Severity
    /// Unix nanoseconds of the first window of the episode.
    package var since: UInt64
    /// Of the window in which it was over; `nil` while it lasts.
    package var until: UInt64?
    /// Geometric mean of the durations, milliseconds: what is usual, and the farthest it got.
    package var usual: Double
    package var worst: Double
    /// Robust z of the farthest point.
    package var z: Double

    package init(
        operation: OperationKey,
        signal: Signal,
        severity: Severity,
        since: UInt64,
        until: UInt64? = nil,
        usual: Double,
        worst: Double,
        z: Double
    ) {
        self.operation = operation
        self.signal = signal
        self.severity = severity
        self.since = since
        self.until = until
        self.usual = usual
        self.worst = worst
        self.z = z
    }
}
