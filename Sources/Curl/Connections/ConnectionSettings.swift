/// How a request gets to its server: protocol, connections, sockets, proxy, TLS.
package struct ConnectionSettings: Sendable, Hashable {
    package enum Version: Sendable, Hashable {
        case http1
        /// By ALPN over `https`, with prior knowledge over `http`.
        case http2
    }

    package var version = Version.http1
    /// Whether a connection serves the next request too; `false` opens one for each.
    package var keepsAlive = true
    /// Path of a Unix domain socket to use instead of the URL's host and port.
    package var unixSocket: String?
    package var proxy: ProxySettings?
    package var tls = TLSSettings()

    package init() {}
}
