import Synchronization

/// How long each stage of a diagnosis took, in the order they ended; for benchmarks and for the curious.
package final class StageTimes: Sendable {
    private let ended = Mutex<[(stage: String, seconds: Double)]>([])

    package init() {}

    /// Stages of the same name add up.
    package var all: [(stage: String, seconds: Double)] { ended.withLock { $0 } }

    func measure<Value>(_ stage: String, _ body: () throws -> Value) rethrows -> Value {
        let start = ContinuousClock.now
        defer { add(stage, ContinuousClock.now - start) }
        return try body()
    }

    func measure<Value>(_ stage: String, _ body: () async throws -> Value) async rethrows -> Value {
        let start = ContinuousClock.now
        let value = try await body()
        add(stage, ContinuousClock.now - start)
        return value
    }

    private func add(_ stage: String, _ duration: Duration) {
        let seconds = duration / .seconds(1)
        ended.withLock { ended in
            if let known = ended.firstIndex(where: { $0.stage == stage }) {
                ended[known].seconds += seconds
            } else {
                ended.append((stage, seconds))
            }
        }
    }
}
