/// Decides what of an attribute stays with its span.
///
/// Paths are kept as templates, secrets not at all, and long values not at all: an attribute is there to tell groups of
/// spans apart, and what is unique tells nothing. A query is no attribute: without its literals it is the span's
/// statement.
package enum AttributeKeepRule: Sendable, Hashable {
    case nothing
    case pathTemplate
    case redactedText

    /// The rule for the values of an attribute of this name.
    package init(key: String) {
        switch key {
        case "url.query", "db.query.text", "db.statement": self = .nothing
        case "url.path", "http.target", "url.full", "http.url": self = .pathTemplate
        default:
            let hidden = AttributeKeepRule.isSecret(key) || AttributeKeepRule.isQueryParameter(key)
            self = hidden ? .nothing : .redactedText
        }
    }

    /// The text to keep of a value; `nil` for nothing, as for text longer than `byteLimit`.
    package func kept(_ value: String, byteLimit: Int = 256) -> String? {
        let text: String
        switch self {
        case .nothing: return nil
        case .pathTemplate: text = PathTemplate.path(value)
        case .redactedText: text = Redaction.redacted(value)
        }
        guard !text.isEmpty, text.utf8.count <= byteLimit else { return nil }
        return PrintableText.cleaned(text)
    }

    /// Whether the bytes are kept just as they are, seen without making a string of them.
    ///
    /// That is text with no mark of a secret in it, nothing to clean and nothing to repair.
    package func keepsUnchanged(_ bytes: UnsafeRawBufferPointer, byteLimit: Int = 256) -> Bool {
        guard self == .redactedText, !bytes.isEmpty, bytes.count <= byteLimit else { return false }
        // Above `=` and `@`, up to `~`, and between space and `=`: printable ASCII that no rule looks for.
        for byte in bytes where byte <= 0x20 || byte >= 0x7F || byte == 0x3D || byte == 0x40 { return false }
        return true
    }

    private static func isQueryParameter(_ key: String) -> Bool {
        key.hasPrefix("db.query.parameter") || key.hasPrefix("db.statement.parameter")
    }

    /// By the last part of the name: `http.request.header.authorization`, `db.user.password`.
    private static func isSecret(_ key: String) -> Bool {
        guard let last = key.split(separator: ".").last else { return false }
        // `error.code` and `ui.state` are no secrets: an OAuth `code` or `state` comes as a query parameter.
        return last != "code" && last != "state" && last != "session" && Redaction.isSecretName(last)
    }
}
