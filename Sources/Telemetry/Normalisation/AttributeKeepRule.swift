/// Decides what of an attribute stays with its span.
///
/// Paths are kept as templates and queries without literals, secrets not at all, and long values not at all: an
/// attribute is there to tell groups of spans apart, and what is unique tells nothing.
package enum AttributeKeepRule {
    /// The text to keep, or `nil` for nothing.
    ///
    /// A query is not kept as an attribute: without its literals it is the span's statement.
    /// `byteLimit`: longer text is not kept.
    package static func kept(key: String, value: String, byteLimit: Int = 256) -> String? {
        guard !isSecret(key), !isQueryParameter(key) else { return nil }
        let text: String
        switch key {
        case "url.query", "db.query.text", "db.statement": return nil
        case "url.path", "http.target", "url.full", "http.url": text = PathTemplate.path(value)
        default: text = Redaction.redacted(value)
        }
        guard !text.isEmpty, text.utf8.count <= byteLimit else { return nil }
        return PrintableText.cleaned(text)
    }

    private static func isQueryParameter(_ key: String) -> Bool {
        key.hasPrefix("db.query.parameter") || key.hasPrefix("db.statement.parameter")
    }

    /// By the last part of the name: `http.request.header.authorization`, `db.user.password`.
    private static func isSecret(_ key: String) -> Bool {
        guard let last = key.split(separator: ".").last else { return false }
        // `error.code` and `ui.state` are no secrets, an OAuth `code` or `state` comes as a query parameter.
        return last != "code" && last != "state" && last != "session" && Redaction.isSecretName(last)
    }
}
