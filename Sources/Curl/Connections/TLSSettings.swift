/// What is trusted, and who we say we are, over `https`.
package struct TLSSettings: Sendable, Hashable {
    /// PEM file of certificates to trust instead of the system's.
    package var authorities: String?
    /// PEM file of the client's certificate, its chain behind it.
    package var certificate: String?
    /// PEM file of its private key; `nil` when the certificate's file holds it.
    package var key: String?
    package var keyPassword: String?
    /// `false` accepts any certificate for any name.
    package var verifies = true

    package init() {}
}
