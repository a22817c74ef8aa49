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

/// A proxy between us and the server.
package struct ProxySettings: Sendable, Hashable {
    /// `http://`, `https://`, `socks5://` or `socks5h://` with host and port, without credentials.
    package var url: String
    /// Both or neither.
    package var user: String?
    package var password: String?

    package init(url: String, user: String? = nil, password: String? = nil) {
        self.url = url
        self.user = user
        self.password = password
    }
}

/// What is trusted, and who we say we are, over `https`.
package struct TLSSettings: Sendable, Hashable {
    /// PEM file of certificates to trust instead of the system's.
    package var authorities: String?
    /// PEM file of the client's certificate, its chain behind it.
    package var certificate: String?
    /// PEM file of its private key; `nil` when the certificate's file holds it.
    package var key: String?
    package var keyPassword: String?
    /// `false` accepts any certificate for any name.
    package var verifies = true

    package init() {}
}
