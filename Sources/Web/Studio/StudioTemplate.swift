import Mustache

/// A Mustache template that is parsed once; text is escaped unless the template asks for `{{{…}}}`.
struct StudioTemplate: Sendable {
    private let parsed: Result<MustacheTemplate, any Error>

    init(_ source: String) {
        parsed = Result { try MustacheTemplate(string: source) }
    }

    /// Throws where the template itself is wrong, which a test of its page shows.
    ///
    /// A key that the template asks for must be there, `false` when there is nothing to say.
    func render(_ values: [String: Any]) throws -> String {
        try parsed.get().render(values)
    }
}
