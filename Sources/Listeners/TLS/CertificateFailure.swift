/// Why a certificate, its key or the clients' CA cannot be used, in one line.
package struct CertificateFailure: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String
}
