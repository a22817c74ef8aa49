import Synchronization

/// How often the store could not be read for `/metrics`.
final class ReadFailures: Sendable {
    private let state = Mutex(0)

    var count: Int { state.withLock { $0 } }

    func add() { state.withLock { $0 += 1 } }
}
