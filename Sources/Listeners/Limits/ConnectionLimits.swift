import Glibc

/// How many connections a port holds, and for how long it holds those that say nothing.
package struct ConnectionLimits: Sendable, Hashable {
    /// Open at once.
    package var connections: Int
    /// Of one address; a proxy or a collector in front of others is one address, too.
    package var connectionsPerPeer: Int
    /// From the connection to the end of its first header; for HTTP/1.
    package var headerTimeout: Duration
    /// A connection on which nothing happens is closed after this.
    package var idleTimeout: Duration

    package init(
        connections: Int = 1_024,
        connectionsPerPeer: Int = 512,
        headerTimeout: Duration = .seconds(10),
        idleTimeout: Duration = .seconds(60)
    ) {
        self.connections = connections
        self.connectionsPerPeer = connectionsPerPeer
        self.headerTimeout = headerTimeout
        self.idleTimeout = idleTimeout
    }

    /// The same, and never more connections than a quarter of the files that this process may have open.
    ///
    /// A process has three ports at most, so a quarter is left for the store: a server that gets no descriptor for a
    /// connection stops to accept for a second each time.
    var fittingOpenFiles: ConnectionLimits {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return self }
        var fitting = self
        fitting.connections = min(connections, Int(clamping: limit.rlim_cur / 4))
        return fitting
    }
}
