import LoadGeneration
import Plans

extension RunEvent {
    /// What whoever watches a queued run is told.
    var told: (kind: RunQueueEvent.Kind, text: String, share: Double?) {
        switch self {
        case .started(let runID, _): (.note, "run \(runID) began", nil)
        case .notice(let words): (.note, words, nil)
        case .startingTarget(let command, _): (.progress, "starting the target: \(command.prefix(200))", nil)
        case .targetHealthy: (.progress, "the target is healthy", nil)
        case .load(let progress, let test, let spans, _):
            (
                .progress, RunEvent.words(progress, test.name, spans),
                progress.total > .zero ? min(1, progress.elapsed / progress.total) : nil
            )
        case .draining(let seen, let owed, let spans):
            (.progress, "waiting for late spans: \(seen) of \(owed) requests have one, \(spans) spans", nil)
        case .analysing: (.progress, "analysing", nil)
        }
    }

    private static func words(_ progress: LoadProgress, _ test: String, _ spans: Int) -> String {
        let left = max(0, Int(((progress.total - progress.elapsed) / .seconds(1)).rounded(.up)))
        let p95 = (progress.p95Milliseconds * 10).rounded() / 10
        return "\(progress.isWarmup ? "warm-up" : "load") \(test): \(Int(progress.rate.rounded()))/s of "
            + "\(Int(progress.targetRate.rounded()))/s, p95 \(p95) ms, errors \(progress.errors), spans \(spans), \(left) s left"
    }
}
