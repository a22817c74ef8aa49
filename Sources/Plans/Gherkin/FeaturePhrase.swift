/// What the words of a Gherkin step ask for.
enum FeaturePhrase: Hashable {
    /// `I POST /checkout`, `a GET request to "/cart"`.
    case call(endpoint: String)
    /// `the header "X-Tenant" is "vet"`.
    case header(name: String, value: String)
    /// `the response status is 201`, `it answers with 200`.
    case status(Int)
    /// `the response contains "ok"`.
    case contains(String)
    /// `I remember "$.token" as "token"`.
    case capture(path: String, name: String)
    /// `I wait 500ms`, `I wait for 2 seconds`.
    case pause(String)
    case unknown

    init(_ text: String) {
        if let match = text.firstMatch(of: /(?i)\bheader\s+"([^"]+)"\s+(?:is|=|to|with|of|:)\s*(?:value\s+)?"([^"]*)"/)
        {
            self = .header(name: String(match.1), value: String(match.2))
        } else if let match = text.firstMatch(
            of:
                /\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\b[^"'\/]*["']?((?:https?:\/\/|\/)(?:\{\{[^}]*\}\}|[^\s"'])*)/
        ) {
            self = .call(endpoint: "\(match.1) \(match.2)")
        } else if let match = text.firstMatch(
            of: /(?i)\b(?:remember|save|store|capture)\s+"(\$[^"]*)"\s+as\s+"?(\w+)"?/
        ) {
            self = .capture(path: String(match.1), name: String(match.2))
        } else if let match = text.firstMatch(of: /(?i)\bcontains?\s+"([^"]+)"/) {
            self = .contains(String(match.1))
        } else if let match = text.firstMatch(of: /(?i)\b(?:status|respon|answer|return)\w*\b.*?\b([1-5]\d\d)\b/),
            let status = Int(match.1)
        {
            self = .status(status)
        } else if let match = text.firstMatch(of: /(?i)\b(?:wait|pause|think)s?\s+(?:for\s+)?(\d+)\s*(ms|s|m)?/) {
            self = .pause("\(match.1)\(match.2.map { $0.lowercased() } ?? "s")")
        } else {
            self = .unknown
        }
    }
}
