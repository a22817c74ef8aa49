import Authentication

extension AccessToken {
    /// A bearer token that may send.
    static func sender(_ text: String) -> AccessToken {
        AccessToken(bearer: text, name: "sender", scopes: [.ingest])
    }
}
