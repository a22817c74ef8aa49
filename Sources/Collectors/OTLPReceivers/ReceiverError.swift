import Glibc
package import Listeners
import NIOCore

/// Why a receiver could not listen.
package enum ReceiverError: Error, Hashable {
    case portInUse(Int)
    case portNotAllowed(Int)
    case cannotListen(port: Int, reason: String)
    /// The certificate, its key or the clients' CA could not be read.
    case certificate(String)
}

extension ReceiverError {
    init(_ error: IOError, port: Int) {
        self =
            switch error.errnoCode {
            case EADDRINUSE: .portInUse(port)
            case EACCES: .portNotAllowed(port)
            default: .cannotListen(port: port, reason: error.description)
            }
    }

    package init(_ failure: CertificateFailure) {
        self = .certificate(failure.description)
    }
}

extension ReceiverError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .portInUse(let port):
            "port \(port) on 127.0.0.1 is already in use, so no OTLP can be received there: "
                + "stop what listens on it, or choose another with --otlp-port (0 takes a free one)"
        case .portNotAllowed(let port):
            "this user may not listen on port \(port): choose one above 1023 with --otlp-port (0 takes a free one)"
        case .cannotListen(let port, let reason):
            "cannot receive OTLP on 127.0.0.1:\(port): \(reason)"
        case .certificate(let reason):
            "cannot receive over TLS: \(reason); the certificate and its key must be PEM files"
        }
    }
}
