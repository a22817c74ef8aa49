import Runs
import ServiceLifecycle

/// The annotations as a service among others: ends with them, and never before.
struct AnnotationTask: Service {
    let feed: AnnotationFeed
    let told: @Sendable (AnnotationFeed.Progress) -> Void

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await feed.run(told: told) }
        } catch is CancellationError {
            // That is how it ends.
        }
    }
}
