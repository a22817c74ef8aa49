/// A secret that somebody may show in an `Authorization` header, as it is kept: hashed.
package struct AccessToken: Sendable, Hashable {
    /// The word before the secret.
    package enum Scheme: String, Sendable, Hashable {
        case bearer, basic
    }

    /// For logs and messages; no secret.
    package var name: String
    package var scheme: Scheme
    /// SHA-256 of the UTF-8 bytes that stand behind the scheme's word.
    package var digest: [UInt8]
    package var scopes: Set<AccessScope>

    package init(name: String, scheme: Scheme = .bearer, digest: [UInt8], scopes: Set<AccessScope>) {
        self.name = name
        self.scheme = scheme
        self.digest = digest
        self.scopes = scopes
    }

    /// A token that was given as text, for `Authorization: Bearer TEXT`.
    package init(bearer text: String, name: String, scopes: Set<AccessScope>) {
        self.init(name: name, digest: SecretText.digest(text), scopes: scopes)
    }

    /// A `name:password`, for `Authorization: Basic …`.
    package init(basic credential: String, scopes: Set<AccessScope>) {
        self.init(
            name: String(credential.prefix { $0 != ":" }),
            scheme: .basic,
            digest: SecretText.digest(Base64.text(Array(credential.utf8))),
            scopes: scopes
        )
    }
}
