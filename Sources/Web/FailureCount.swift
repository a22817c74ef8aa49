import Synchronization

/// How often something went wrong that is tried again; safe from any thread.
final class FailureCount: Sendable {
    private let failures = Atomic<Int>(0)

    var count: Int { failures.load(ordering: .relaxed) }

    func add() { failures.wrappingAdd(1, ordering: .relaxed) }
}
