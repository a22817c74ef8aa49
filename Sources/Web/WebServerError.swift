/// Why the server cannot begin to listen, in one line.
package enum WebServerError: Error, Sendable, Hashable, CustomStringConvertible {
    case certificate(String)

    package var description: String {
        switch self {
        case .certificate(let cause): "the certificate or its key cannot be used: \(cause)"
        }
    }
}
