/// Why a run is not taken into the queue, in one line for whoever asked.
package enum RunQueueError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No folder of projects is set, or the path leads out of it.
    case notAllowed(String)
    /// The project cannot be read.
    case badProject(String)
    case full(Int)
    case unknown(String)
    /// The service is ending.
    case stopped
    /// It is over, or does not wait for an approval.
    case wrongState(String)

    package var description: String {
        switch self {
        case .notAllowed(let cause), .badProject(let cause), .wrongState(let cause): cause
        case .full(let most): "\(most) runs are waiting already: try again when one of them is over"
        case .stopped: "the service is stopping and begins no run"
        case .unknown(let id): "there is no queued run \(id)"
        }
    }
}
