import Synchronization

/// Ctrl-C, as a value the pipeline can ask and wait on: the load stops early, everything after it still happens.
///
/// Deliberately not task cancellation of the whole run, which would also tear down the target before the
/// requests in flight have ended and the artifacts are written. Safe from any thread.
package final class RunInterruption: Sendable {
    private struct State {
        var requestedAt: ContinuousClock.Instant?
        var action: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    package var isRequested: Bool { state.withLock { $0.requestedAt != nil } }

    /// How long ago it was first asked for; `nil` when it was not.
    package var timeSinceRequest: Duration? {
        state.withLock { $0.requestedAt }.map { ContinuousClock.now - $0 }
    }

    package func request() {
        let action = state.withLock { state in
            if state.requestedAt == nil { state.requestedAt = .now }
            return state.action
        }
        action?()
    }

    /// Runs `body`; an interruption before or during it cancels only `body`.
    func cancelling<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task(operation: body)
        let isAlreadyRequested = state.withLock { state in
            state.action = { task.cancel() }
            return state.requestedAt != nil
        }
        if isAlreadyRequested { task.cancel() }
        defer { state.withLock { $0.action = nil } }
        return try await task.value
    }
}
