import Synchronization

/// What happened on the way that the report must tell too, in the order in which it happened.
final class RunNotes: Sendable {
    private let state = Mutex<[String]>([])

    var lines: [String] { state.withLock { $0 } }

    func append(_ line: String) { state.withLock { $0.append(line) } }
}
