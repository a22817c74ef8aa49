package import HummingbirdCore
import HummingbirdTLS
import NIOCore

/// What every HTTP/1 port of ours has in common: limits on connections and headers, TLS, an end without a crash.
package struct HTTPListener: Sendable {
    /// What a port is for.
    package enum Traffic: Sendable {
        /// Short requests, handled by the cooperative pool.
        case pages
        /// Long requests, read in large pieces and handled by the event loop that reads them.
        case exports
    }

    /// Connections that the kernel holds until they are accepted, which takes milliseconds; its own limit is lower or 4,096.
    package static let backlog = 1_024

    private let traffic: Traffic
    private let connections: OpenConnections
    private let tls: ListenerTLS?

    package init(
        for traffic: Traffic,
        limits: ConnectionLimits,
        counters: ConnectionCounters,
        tls: ListenerTLS? = nil
    ) {
        self.traffic = traffic
        connections = OpenConnections(limits: limits, counters: counters)
        self.tls = tls
    }

    /// For one server.
    package func builder() throws -> HTTPServerBuilder {
        let (traffic, connections) = (traffic, connections)
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestMarks(connections: connections)],
            idleTimeout: TimeAmount(connections.limits.idleTimeout),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: 16 << 10,
                maxHeaderListSize: 16 << 10,
                maxHeaderFieldCount: 100
            )
        )
        let secured = try tls?.configuration(for: "http/1.1")
        return HTTPServerBuilder { responder in
            let plain = HTTP1Channel(responder: responder, configuration: configuration)
            guard let secured else { return GuardedChannel(base: plain, traffic: traffic, connections: connections) }
            let tls = try TLSChannel(plain, tlsConfiguration: secured)
            return GuardedChannel(base: tls, traffic: traffic, connections: connections)
        }
    }

    /// Where such a server listens.
    package func configuration(host: String, port: Int) -> ServerConfiguration {
        ServerConfiguration(address: .hostname(host, port: port), backlog: HTTPListener.backlog)
    }
}
