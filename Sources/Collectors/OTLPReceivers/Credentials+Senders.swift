import Authentication

extension Credentials {
    /// Refuses whoever does not show a credential with the scope `ingest`; admits everyone where none are set.
    ///
    /// `header` is the value of `Authorization`, over gRPC of the metadata of that name.
    func admitSender(_ header: String?) throws(Refusal) {
        guard !isOpen else { return }
        let how = "set OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20TOKEN"
        guard let token = token(inHeader: header) else {
            throw Refusal(
                reason: .unauthenticated,
                message: header == nil ? "a token is needed: \(how)" : "the token is not known: \(how)",
                challenge: challenge
            )
        }
        guard token.scopes.contains(.ingest) else {
            throw Refusal(
                reason: .forbidden,
                message: "the token \(token.name) lacks the scope ingest: make one with "
                    + "plimsoll token create --name NAME --scope ingest"
            )
        }
    }
}
