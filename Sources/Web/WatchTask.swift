import Runs
import ServiceLifecycle

/// A watch as a service among others.
struct WatchTask: Service {
    let watch: Watch
    let onListening: @Sendable (String, Int) -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await watch.run(onListening: onListening) }
    }
}
