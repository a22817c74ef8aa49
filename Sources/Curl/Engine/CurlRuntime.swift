import CLibcurl
import Glibc

/// What libcurl needs once in a process.
enum CurlRuntime {
    /// False when libcurl could not start; asked for before any handle is made.
    static let isReady: Bool = {
        // With NOSIGNAL libcurl no longer masks SIGPIPE around writes to a connection the peer has closed.
        signal(SIGPIPE, SIG_IGN)
        return curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
    }()
}
