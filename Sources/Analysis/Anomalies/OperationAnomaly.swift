package import Telemetry

/// An operation that has left what is usual for it, or burns its error budget: from when to when, and how far.
package struct OperationAnomaly: Sendable, Hashable, Codable, Identifiable {
    package enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
        case warning, critical
    }

    /// What showed it.
    package enum Signal: String, Sendable, Hashable, Codable, CaseIterable {
        /// Robust z of single minutes.
        case level
        /// A slow shift that only the moving average sees.
        case drift
        /// Failed requests spend an error budget too fast; only of services with an objective.
        case burn
    }

    /// Why it is over.
    package enum Ending: String, Sendable, Hashable, Codable, CaseIterable {
        /// The operation is back at what is usual.
        case back
        /// It has lasted so long that it is the usual from now on.
        case usual
        /// No request came any more, or nobody asks any more.
        case unseen
    }

    /// Unique, and the same after a restart: signal, operation and second of the beginning.
    package var id: String
    package var operation: OperationKey
    package var signal: Signal
    /// The worst it came to.
    package var severity: Severity
    /// Unix nanoseconds of the first window of the episode.
    package var since: UInt64
    /// Unix nanoseconds of the window in which it was over; `nil` while it lasts.
    package var until: UInt64?
    /// `nil` while it lasts.
    package var ending: Ending?
    /// Geometric mean of the durations, milliseconds; of `burn` 1, the rate that spends exactly what is allowed.
    package var usual: Double
    /// The farthest it got, in the unit of `usual`.
    package var peak: Double
    /// Unix nanoseconds of the window of the peak.
    package var peakAt: UInt64
    /// Robust z of the peak; `nil` of `burn`.
    package var z: Double?
    /// `nil` of everything but `burn`.
    package var burn: BudgetBurn?

    package init(
        operation: OperationKey,
        signal: Signal,
        severity: Severity,
        since: UInt64,
        until: UInt64? = nil,
        ending: Ending? = nil,
        usual: Double,
        peak: Double,
        peakAt: UInt64,
        z: Double? = nil,
        burn: BudgetBurn? = nil
    ) {
        id = "\(signal.rawValue)@\(operation.service)@\(operation.name)@\(operation.kind.name)@\(since / 1_000_000_000)"
        self.operation = operation
        self.signal = signal
        self.severity = severity
        self.since = since
        self.until = until
        self.ending = ending
        self.usual = usual
        self.peak = peak
        self.peakAt = peakAt
        self.z = z
        self.burn = burn
    }
}
