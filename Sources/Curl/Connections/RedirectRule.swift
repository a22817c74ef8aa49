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
