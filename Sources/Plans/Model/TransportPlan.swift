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

/// The words of the plan's `httpVersion`.
package enum HTTPVersion: String, Sendable, Hashable, CaseIterable {
    case http1 = "1.1"
    /// Over TLS only where libcurl cannot speak it in plain text.
    case http2 = "2"
}

package struct ProxyPlan: Sendable, Hashable {
    /// Without credentials.
    package var url: String
    package var user: String?
    package var password: String?

    package init(url: String, user: String? = nil, password: String? = nil) {
        self.url = url
        self.user = user
        self.password = password
    }
}

package struct TLSPlan: Sendable, Hashable {
    /// PEM file of the authorities to trust instead of the system's.
    package var authorities: String?
    /// PEM file of the client's certificate.
    package var certificate: String?
    /// PEM file of its key, where the certificate's file does not hold it.
    package var key: String?
    package var keyPassword: String?
    /// `false` trusts any certificate.
    package var verifies = true

    package init() {}
}
