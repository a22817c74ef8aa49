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
