/// How requests get to the target: protocol, connections, TLS, proxy.
///
/// File paths are absolute. Secrets in here are also in `TargetPlan.secrets`.
package struct TransportPlan: Sendable, Hashable {
    package var version = HTTPVersion.http1
    /// `false` opens a connection for every request.
    package var keepsConnections = true
    /// Redirects that are followed one after another; 0 takes a redirect as the answer.
    package var redirectLimit = 0
    package var unixSocket: String?
    package var proxy: ProxyPlan?
    package var tls = TLSPlan()

    package init() {}
}
