import Statistics
import Synchronization
import Telemetry

/// Where one worker leaves word of its progress, about ten times a second.
///
/// Bounded: what the reader has not taken yet is merged.
final class WorkerProgress: Sendable {
    struct Report: Sendable {
        /// Since the start of the test.
        var ledger = ArrivalLedger()
        var warmup = ArrivalLedger()
        var inFlight = 0
        /// Since the report before.
        var answers: UInt64 = 0
        var latency = LatencyHistogram()
    }

    private let report = Mutex(Report())

    /// Called by the worker.
    func add(
        ledger: ArrivalLedger,
        warmup: ArrivalLedger,
        inFlight: Int,
        answers: UInt64,
        latency: LatencyHistogram
    ) {
        report.withLock { report in
            report.ledger = ledger
            report.warmup = warmup
            report.inFlight = inFlight
            report.answers += answers
            report.latency.merge(latency)
        }
    }

    /// Called by the one reader.
    func take() -> Report {
        report.withLock { report in
            defer {
                report.answers = 0
                report.latency = LatencyHistogram()
            }
            return report
        }
    }
}
