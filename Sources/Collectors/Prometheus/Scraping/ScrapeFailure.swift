package import Curl

/// Why a scrape brought nothing.
package enum ScrapeFailure: Error, Hashable {
    case unreachable(CurlError)
    case status(Int)
    case unreadable(ExpositionError)
}

extension ScrapeFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable(let error): error.description
        case .status(let status): "the target answered \(status)"
        case .unreadable(let error): "the metrics cannot be read: \(error)"
        }
    }
}
