import CLibcurl
import Glibc

extension CurlError.Kind {
    /// - Parameters:
    ///   - code: how the transfer ended, anything but `CURLE_OK`.
    ///   - systemError: `errno` of the failed connect or socket call; 0 when there is none.
    init(_ code: CURLcode, systemError: Int32) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            self = .dns
        case CURLE_COULDNT_CONNECT where CurlError.Kind.isLocal(systemError):
            self = .exhausted
        case CURLE_COULDNT_CONNECT where systemError == 0 || systemError == ECONNREFUSED:
            self = .refused
        case CURLE_COULDNT_CONNECT where systemError == ECONNRESET:
            self = .reset
        case CURLE_COULDNT_CONNECT where systemError == ETIMEDOUT:
            self = .timeout
        case CURLE_OPERATION_TIMEDOUT:
            self = .timeout
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
            self = .reset
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_SHUTDOWN_FAILED,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT,
            CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED:
            self = .tls
        case CURLE_URL_MALFORMAT:
            self = .invalidRequest
        case CURLE_OUT_OF_MEMORY:
            self = .exhausted
        default:
            self = .transport
        }
    }

    /// Errors of our own machine: descriptors, memory, local ports.
    private static func isLocal(_ systemError: Int32) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL].contains(systemError)
    }
}
