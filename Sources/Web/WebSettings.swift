/// Where the web server listens and who may ask for what.
package struct WebSettings: Sendable, Hashable {
    /// An address of this machine; anything but loopback wants TLS and tokens.
    package var host = "127.0.0.1"
    /// 0 takes a free port.
    package var port = 4320
    /// Without any, everyone may do everything; fit for loopback only.
    package var tokens: [AccessToken] = []
    /// Names by which the service may be asked where there are no tokens, beside loopback and `host`.
    package var allowedHosts: [String] = []
    package var certificatePath: String?
    package var keyPath: String?
    package var connections = 1_024
    /// Of one address; a proxy in front is one address, too.
    package var connectionsPerPeer = 256
    /// From the connection to the end of its first header.
    package var headerTimeout: Duration = .seconds(10)
    /// A connection on which nothing happens is closed after this.
    package var idleTimeout: Duration = .seconds(60)
    /// How long open requests may take to finish once the server is asked to stop.
    package var shutdownGrace: Duration = .seconds(2)
    /// Of one request's body.
    package var bodyBytes = 1 << 20
    /// Folder below which projects lie that may be run over HTTP; `nil` allows none.
    package var projects: String?

    package init() {}

    /// What whoever starts the service should read before anything else; empty where nothing is wrong.
    package var warnings: [String] {
        let isLoopback = host == "localhost" || host == "::1" || host.hasPrefix("127.")
        guard !isLoopback else { return [] }
        var warnings: [String] = []
        if tokens.isEmpty {
            warnings.append(
                "\(host) is reachable from other machines and everyone may do everything: add --tokens FILE"
            )
        }
        if certificatePath == nil {
            warnings.append("\(host) is reachable from other machines without TLS: add --tls-cert and --tls-key")
        }
        return warnings
    }
}
