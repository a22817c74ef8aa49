package import Authentication
package import Listeners

/// Where a receiver listens, who may send, and its limits, with the defaults of `spec/wire.md` section 7.2.
package struct ReceiverSettings: Sendable, Hashable {
    /// An address of this machine; anything but loopback wants TLS and access control.
    package var host = "127.0.0.1"
    /// Whoever shows one of these with the scope `ingest` may send; without any, everyone may.
    package var credentials = Credentials()
    package var limits: ConnectionLimits
    /// Web pages that may send from a browser (CORS): scheme, host and port; none by default.
    package var allowedOrigins: [String] = []
    /// Of one body, both on the wire and after decompression.
    package var bodyBytes: Int
    /// From the header to the last byte of the body.
    package var bodyTimeout: Duration
    /// Requests at once on one HTTP/2 connection.
    package var streamsPerConnection = 100
    /// How long open requests may take to finish once the receiver is asked to stop.
    package var shutdownGrace: Duration

    package init(
        bodyBytes: Int = 64 << 20,
        bodyTimeout: Duration = .seconds(30),
        limits: ConnectionLimits = ConnectionLimits(),
        shutdownGrace: Duration = .seconds(2)
    ) {
        self.bodyBytes = bodyBytes
        self.bodyTimeout = bodyTimeout
        self.limits = limits
        self.shutdownGrace = shutdownGrace
    }
}
