/// What `Reception` listens on and how much it keeps.
package struct ReceptionSettings: Sendable, Hashable {
    /// 0 takes a free port.
    package var httpPort = 4318
    package var grpcPort = 4317
    /// An address of this machine.
    package var host = "127.0.0.1"
    /// For `Authorization: Bearer TOKEN`; none lets everyone send.
    package var bearerTokens: [String] = []
    /// `name:password`, for `Authorization: Basic …`.
    package var basicCredentials: [String] = []
    /// Web pages that may send from a browser.
    package var allowedOrigins: [String] = []
    /// PEM files; without a certificate the receivers speak plain text.
    package var certificatePath: String?
    package var keyPath: String?
    /// Makes every client show a certificate of this CA.
    package var clientCAPath: String?
    /// Of one request, on the wire and decompressed.
    package var bodyBytes = 64 << 20
    /// For the columns of all kept spans.
    package var storeBytes = 256 << 20

    package init() {}
}
