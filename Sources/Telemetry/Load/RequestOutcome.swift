/// The one bucket in which a scheduled arrival ends.
///
/// The sum over all cases equals the arrivals scheduled.
package enum RequestOutcome: UInt8, Sendable, Hashable, CaseIterable {
    case completed = 0
    /// An HTTP status that the plan's `expect` does not accept.
    case status
    /// Answered with an accepted status, but the body failed the plan's expectation.
    case validation
    case timeout
    case dns
    case refused
    case reset
    case tls
    /// Any other transport error of libcurl.
    case transport
    /// Due, but the connection cap was reached for longer than the plan's `maxLag`.
    case droppedAtCap
    /// Due, but the generator itself was later than `maxLag`.
    case droppedLate
    /// In flight when the run ended; its latency is a lower bound.
    case aborted

    /// The key in artifacts.
    package var name: String {
        switch self {
        case .completed: "completed"
        case .status: "httpStatus"
        case .validation: "validation"
        case .timeout: "timeout"
        case .dns: "dns"
        case .refused: "refused"
        case .reset: "reset"
        case .tls: "tls"
        case .transport: "transport"
        case .droppedAtCap: "droppedAtCap"
        case .droppedLate: "droppedLate"
        case .aborted: "aborted"
        }
    }

    /// Whether the request went out and an answer came back.
    package var wasAnswered: Bool { self == .completed || self == .status || self == .validation }

    /// Whether the arrival never became a request.
    package var wasDropped: Bool { self == .droppedAtCap || self == .droppedLate }
}
