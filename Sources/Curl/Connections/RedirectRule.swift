/// Where redirects may lead, and how many may follow one another.
package struct RedirectRule: Sendable, Hashable {
    /// 1 at least.
    package var limit: Int
    /// Servers beside that of the request itself.
    package var allowedServers: Set<ServerAddress>

    package init(limit: Int = 10, allowedServers: Set<ServerAddress> = []) {
        self.limit = limit
        self.allowedServers = allowedServers
    }
}

/// Scheme, host and port of a URL: what a request reaches.
package struct ServerAddress: Sendable, Hashable {
    package var scheme: String
    /// In lower case, without the brackets of an IPv6 literal.
    package var host: String
    package var port: Int

    package init(_ url: TargetURL) {
        scheme = url.scheme
        host = url.host.lowercased()
        port = url.port
    }
}
