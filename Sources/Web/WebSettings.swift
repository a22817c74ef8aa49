package import Authentication
package import Listeners

/// Where the web server listens and who may ask for what.
package struct WebSettings: Sendable, Hashable {
    /// An address of this machine; anything but loopback wants TLS and tokens.
    package var host = "127.0.0.1"
    /// 0 takes a free port.
    package var port = 4320
    /// Without any, and without a file, everyone may do everything; fit for loopback only.
    package var tokens: [AccessToken] = []
    package var tokenFile: TokenBook?
    /// Names by which the service may be asked where there are no tokens, beside loopback and `host`.
    package var allowedHosts: [String] = []
    /// Without one the server speaks plain text.
    package var certificate: CertificateFiles?
    /// Between two looks at the certificate's files.
    package var certificateInterval: Duration = .seconds(10)
    package var limits = ConnectionLimits()
    /// How long open requests may take to finish once the server is asked to stop.
    package var shutdownGrace: Duration = .seconds(2)
    /// Of one request's body.
    package var bodyBytes = 1 << 20
    /// Folder below which projects lie that may be run over HTTP; `nil` allows none.
    package var projects: String?

    package init() {}

    var credentials: Credentials { Credentials(given: tokens, file: tokenFile) }

    /// What whoever starts the service should read before anything else; empty where nothing is wrong.
    package var warnings: [String] {
        guard !Loopback.contains(host) else { return [] }
        var warnings: [String] = []
        if credentials.isOpen {
            warnings.append(
                "\(host) is reachable from other machines and everyone may do everything: add --tokens FILE"
            )
        }
        if certificate == nil {
            warnings.append("\(host) is reachable from other machines without TLS: add --tls-cert and --tls-key")
        }
        return warnings
    }
}
