/// Reads `headers`: a map of names to values in which `${NAME}` is expanded.
struct HeaderReader {
    private static let example = "headers: { Accept: application/json }"

    let sources: PlanSources
    /// Names that `{{name}}` may stand for.
    var variables: Set<String> = []

    func headers(_ section: YAMLValue) -> [HeaderField] {
        var headers: [HeaderField] = []
        for (name, value) in section.entries(example: HeaderReader.example) ?? [] {
            guard HeaderReader.isToken(name) else {
                value.error("\(name.quoted) is no header name; example: `\(HeaderReader.example)`")
                continue
            }
            guard let text = value.scalarText, !value.isNull else {
                value.expected("text", example: HeaderReader.example)
                continue
            }
            guard let expanded = sources.expand(text, for: value) else { continue }
            // A line break would smuggle in a second header.
            guard expanded.unicodeScalars.allSatisfy({ $0 == "\t" || ($0.value >= 0x20 && $0.value != 0x7F) })
            else {
                value.error("a header value is one line without control characters")
                continue
            }
            guard sources.checkTemplates(in: expanded, variables, for: value) else { continue }
            headers.append(HeaderField(name: name, value: expanded))
        }
        return headers
    }

    /// Reads `cookies`: a map of names to values.
    func cookies(_ section: YAMLValue) -> [HeaderField] {
        let example = "cookies: { session: \"{{uuid}}\" }"
        var cookies: [HeaderField] = []
        for (name, value) in section.entries(example: example) ?? [] {
            guard HeaderReader.isToken(name) else {
                value.error("\(name.quoted) is no cookie name; example: `\(example)`")
                continue
            }
            guard let text = value.scalarText, !value.isNull else {
                value.expected("text", example: example)
                continue
            }
            guard let expanded = sources.expand(text, for: value) else { continue }
            guard expanded.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value < 0x7F && $0 != ";" }) else {
                value.error("a cookie's value holds no `;`, control characters or letters beyond ASCII")
                continue
            }
            guard sources.checkTemplates(in: expanded, variables, for: value) else { continue }
            cookies.append(HeaderField(name: name, value: expanded))
        }
        return cookies
    }

    /// RFC 9110 section 5.6.2.
    private static func isToken(_ name: String) -> Bool {
        name.wholeMatch(of: /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/) != nil
    }
}
