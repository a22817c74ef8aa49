/// PEM files of a port that speaks TLS.
package struct CertificateFiles: Sendable, Hashable {
    /// The server's chain; read again when it changes, and so is the key.
    package var certificate: String
    package var key: String
    /// Makes every client show a certificate of this CA (mTLS); read once.
    package var clientCA: String?

    package init(certificate: String, key: String, clientCA: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientCA = clientCA
    }
}
