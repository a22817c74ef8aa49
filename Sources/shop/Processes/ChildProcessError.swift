/// Why the shop is not whole: a service that could not be started, or that ended by itself.
enum ChildProcessError: Error, CustomStringConvertible {
    case notStarted(String, reason: String)
    case ended(String)

    var description: String {
        switch self {
        case .notStarted(let name, let reason): "\(name) could not be started: \(reason)"
        case .ended(let name): "\(name) has ended; its own message is above"
        }
    }
}
