/// What became of a queued run.
struct QueuedRunEnd: Sendable {
    let state: QueuedRun.State
    let text: String
    /// `nil` where it could not be begun.
    let exitCode: Int?

    /// Carries the run out, to its end; `onEvent` is told of the progress, from any thread.
    init(
        of run: QueuedRun,
        settings: Result<RunSettings, RunQueueError>,
        interruption: RunInterruption,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async {
        do {
            let runs = try EditionRuns(settings: try settings.get(), interruption: interruption, onEvent: onEvent)
            let outcomes = await runs.execute()
            exitCode = Int(outcomes.exitCode)
            let failures = outcomes.editions.compactMap { $0.failure?.lines.first } + outcomes.failures
            let isReported = outcomes.editions.contains { $0.report != nil }
            state = interruption.isRequested ? .cancelled : isReported ? .finished : .failed
            text = failures.isEmpty ? "finished, exit code \(outcomes.exitCode)" : failures.joined(separator: "; ")
        } catch let failure as RunFailure {
            (state, exitCode) = (.failed, nil)
            text = failure.lines.joined(separator: "; ")
        } catch {
            (state, exitCode) = (.failed, nil)
            text = "\(error)"
        }
    }
}
