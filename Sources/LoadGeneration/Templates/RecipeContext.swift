package import Curl
package import Plans
import Telemetry

/// What all requests of one test share when their recipes are made.
struct RecipeContext: Sendable {
    let index: Int
    let plan: TestPlan
    let numbering: RequestNumbering
    let runID: String
    let userAgent: String
    /// Looked up, by scheme, host and port.
    let addresses: [ServerAddress: PinnedAddress]

    var test: TestDefinition { plan.tests[index] }

    /// Where requests may go: the target itself and what the plan names beside it.
    var allowedServers: Set<ServerAddress> {
        let urls = [plan.target.baseURL] + plan.target.allowedOrigins
        return Set(urls.compactMap { url in (try? TargetURL(url)).map(ServerAddress.init) })
    }
}

extension ConnectionSettings {
    package init(_ plan: TransportPlan) {
        self.init()
        version = plan.version == .http2 ? .http2 : .http1
        keepsAlive = plan.keepsConnections
        unixSocket = plan.unixSocket
        proxy = plan.proxy.map { ProxySettings(url: $0.url, user: $0.user, password: $0.password) }
        tls.authorities = plan.tls.authorities
        tls.certificate = plan.tls.certificate
        tls.key = plan.tls.key
        tls.keyPassword = plan.tls.keyPassword
        tls.verifies = plan.tls.verifies
    }
}
