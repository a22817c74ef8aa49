package import Authentication
package import Listeners

/// What `Reception` listens on and how much it keeps.
package struct ReceptionSettings: Sendable, Hashable {
    /// 0 takes a free port.
    package var httpPort = 4318
    package var grpcPort = 4317
    /// An address of this machine.
    package var host = "127.0.0.1"
    /// Whoever shows one of these with the scope `ingest` may send; without any, everyone may.
    package var credentials = Credentials()
    /// Web pages that may send from a browser.
    package var allowedOrigins: [String] = []
    /// Without one the receivers speak plain text.
    package var certificate: CertificateFiles?
    /// Of each port.
    package var limits = ConnectionLimits()
    /// Of one request, on the wire and decompressed.
    package var bodyBytes = 64 << 20
    /// For the columns of all kept spans.
    package var storeBytes = 256 << 20

    package init() {}
}
