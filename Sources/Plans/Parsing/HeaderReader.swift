/// Reads `headers`: a map of names to values in which `${NAME}` is expanded.
struct HeaderReader {
    private static let example = "headers: { Accept: application/json }"

    let environment: EnvironmentReader

    struct Headers {
        var fields: [HeaderField] = []
        var secrets: Set<String> = []
    }

    func headers(_ section: YAMLValue) -> Headers {
        var headers = Headers()
        for (name, value) in section.entries(example: HeaderReader.example) ?? [] {
            guard HeaderReader.isToken(name) else {
                value.error("\(name.quoted) is no header name; example: `\(HeaderReader.example)`")
                continue
            }
            guard let text = value.scalarText, !value.isNull else {
                value.expected("text", example: HeaderReader.example)
                continue
            }
            guard let expanded = environment.expand(text, for: value) else { continue }
            // A line break would smuggle in a second header.
            guard expanded.text.unicodeScalars.allSatisfy({ $0 == "\t" || ($0.value >= 0x20 && $0.value != 0x7F) })
            else {
                value.error("a header value is one line without control characters")
                continue
            }
            headers.fields.append(HeaderField(name: name, value: expanded.text))
            headers.secrets.formUnion(expanded.values)
        }
        return headers
    }

    /// RFC 9110 section 5.6.2.
    private static func isToken(_ name: String) -> Bool {
        name.wholeMatch(of: /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/) != nil
    }
}
