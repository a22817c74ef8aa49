package enum RequestBody: Sendable, Hashable {
    case text(String)
    /// Canonical JSON text; `{{uuid}}`-style templates are still in it.
    case json(String)
    /// `application/x-www-form-urlencoded`, encoded when it is sent.
    case form([FormField])
    /// The bytes of a file, as they are; `path` as the plan has it.
    case file(path: String, contents: [UInt8])
}
