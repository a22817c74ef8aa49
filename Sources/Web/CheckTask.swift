import Runs
import ServiceLifecycle

/// The service's own looks as a service among others: ends with them, and never before.
struct CheckTask: Service {
    let checks: CheckWatch

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await checks.run() }
        } catch is CancellationError {
            // That is how it ends.
        }
    }
}
