import Glibc
import ServiceLifecycle

/// Ends this process when its parent is gone, even if that was killed and could tell nobody.
struct ParentWatch: Service {
    let parent: pid_t

    func run() async throws {
        while getppid() == parent {
            guard !Task.isShuttingDownGracefully, !Task.isCancelled else { return }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(200)) }
        }
        throw ParentGone()
    }
}
