/// Where the web server listens and who may ask for what.
package struct WebSettings: Sendable, Hashable {
    /// An address of this machine; anything but loopback wants TLS and tokens.
    package var host = "127.0.0.1"
    /// 0 takes a free port.
    package var port = 4320
    /// Without any, everyone may do everything; fit for loopback only.
    package var tokens: [AccessToken] = []
    package var certificatePath: String?
    package var keyPath: String?
    package var connections = 1_024
    /// Of one request's body.
    package var bodyBytes = 1 << 20

    package init() {}
}
