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
