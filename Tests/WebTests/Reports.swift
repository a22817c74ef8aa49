import Synchronization

/// What a service said to whoever runs it.
final class Reports: Sendable {
    private let said = Mutex<[String]>([])

    var lines: [String] { said.withLock { $0 } }

    func add(_ line: String) { said.withLock { $0.append(line) } }
}
