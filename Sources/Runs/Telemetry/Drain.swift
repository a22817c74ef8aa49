import Correlation
import Telemetry

/// Waits after the load until the traces are complete, or until waiting longer makes no sense.
struct Drain: Sendable {
    let store: TraceStore
    /// At most this long in all.
    let timeout: Duration
    let interruption: RunInterruption

    // OpenTelemetry's batch processor exports every 5 s by default: a silence must outlast it to mean anything.
    private static let patience = Duration.seconds(6)
    // Exporters send a trace's spans in one go or in the next batch; see `spec/analysis.md` section 2.
    private static let quietPeriod = Duration.seconds(1)
    private static let step = Duration.milliseconds(100)

    /// Returns the correlated run that ended the wait.
    func run(
        rootsOwed: Int,
        correlate: @Sendable (consuming StoredSpans) -> CorrelatedRun,
        onProgress: @Sendable (Arrivals) -> Void
    ) async throws -> CorrelatedRun {
        let start = ContinuousClock.now
        var spansAtLastLook = -1
        while true {
            let arrivals = store.arrivals
            onProgress(arrivals)
            let now = ContinuousClock.now
            let quiet = now - max(arrivals.lastArrival ?? start, start)
            let isOver = quiet >= Drain.patience || now - start >= timeout || interruption.isRequested
            if isOver { return correlate(store.take()) }
            // A look before the end reads a copy, so a store that is more than half full is not looked into.
            let mayBeComplete = arrivals.roots >= rootsOwed && quiet >= Drain.quietPeriod && arrivals.evicted == 0
            if mayBeComplete, arrivals.spans != spansAtLastLook, !store.isMoreThanHalfFull {
                spansAtLastLook = arrivals.spans
                let run = correlate(store.snapshot())
                if run.completeness[.complete] == run.completeness.sampled {
                    // The run holds its own.
                    _ = store.take()
                    return run
                }
            }
            try await Task.sleep(for: Drain.step)
        }
    }
}
