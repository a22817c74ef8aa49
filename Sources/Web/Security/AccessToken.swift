/// A token that somebody may show, as it is kept: hashed.
package struct AccessToken: Sendable, Hashable {
    /// For logs and messages; no secret.
    package var name: String
    /// SHA-256 of the token's UTF-8 bytes.
    package var digest: [UInt8]
    package var scopes: Set<AccessScope>

    package init(name: String, digest: [UInt8], scopes: Set<AccessScope>) {
        self.name = name
        self.digest = digest
        self.scopes = scopes
    }
}
