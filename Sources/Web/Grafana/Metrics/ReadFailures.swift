import Synchronization

/// How often the store could not be read for a part of `/metrics`.
final class ReadFailures: Sendable {
    /// What is missing then.
    enum Part: String, CaseIterable {
        case operations, runs, deploys
    }

    private let state = Mutex([Part: Int]())

    func count(of part: Part) -> Int { state.withLock { $0[part] ?? 0 } }

    func add(_ part: Part) { state.withLock { $0[part, default: 0] += 1 } }
}
