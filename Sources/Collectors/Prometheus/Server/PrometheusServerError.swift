package import Curl

/// Why a Prometheus server's series could not be read.
package enum PrometheusServerError: Error, Hashable {
    case unreachable(CurlError)
    /// With the server's own words.
    case refused(status: Int, reason: String)
    case unreadable(String)
}

extension PrometheusServerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable(let error): error.description
        case .refused(let status, let reason): "the Prometheus server answered \(status): \(reason)"
        case .unreadable(let why): "the Prometheus server's answer cannot be read: \(why)"
        }
    }
}
