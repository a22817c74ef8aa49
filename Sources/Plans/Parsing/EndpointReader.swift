/// Reads `endpoint`: `POST /checkout/submit`, `/checkout/submit` or a full URL under the base URL.
struct EndpointReader {
    struct Endpoint: Hashable {
        var method: String
        /// With its leading slash, query included; in a flow it may start with a captured address instead.
        var path: String
        /// Another server than the target's, without a trailing slash.
        var origin: String?
    }

    static let example = "endpoint: POST /checkout/submit"
    private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// `nil` when the base URL is itself missing or wrong, which has been reported.
    let base: BaseAddress?
    /// Servers that the plan names beside it.
    var allowed: [BaseAddress] = []
    /// Names that `{{name}}` may stand for.
    var variables: Set<String> = []

    func endpoint(_ value: YAMLValue) -> Endpoint? {
        guard let text = value.text(example: EndpointReader.example) else { return nil }
        // A template such as {{random 1 200}} has spaces of its own, so only a leading word of letters is a method.
        let word = text.prefix { $0.isLetter }
        let rest = text.dropFirst(word.count)
        let hasMethod = !word.isEmpty && rest.first == " "
        let place = rest.drop { $0 == " " }
        var method = "GET"
        if hasMethod {
            method = word.uppercased()
            guard EndpointReader.methods.contains(method) else {
                let hint = NearestWord.hint(for: method, among: EndpointReader.methods)
                value.error("unknown method \(String(word).quoted); \(hint)")
                return nil
            }
        }
        return endpoint(method, hasMethod ? String(place) : text, value)
    }

    private func endpoint(_ method: String, _ text: String, _ value: YAMLValue) -> Endpoint? {
        let literal = text.replacing(/\{\{[^}]*\}\}/, with: "")
        guard !literal.contains("#"), literal.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) else {
            value.error(
                "a path holds no spaces, `#`, control characters or letters beyond ASCII; "
                    + "write them percent-encoded (%20, %23)"
            )
            return nil
        }
        if text.hasPrefix("/") || startsWithVariable(text) { return Endpoint(method: method, path: text) }
        guard text.contains("://") else {
            value.expected("a path that starts with `/`", example: EndpointReader.example)
            return nil
        }
        return endpoint(method, url: text, value)
    }

    private func startsWithVariable(_ text: String) -> Bool {
        text.prefixMatch(of: /\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}/).map { variables.contains(String($0.1)) } ?? false
    }

    private func endpoint(_ method: String, url text: String, _ value: YAMLValue) -> Endpoint? {
        let url = text.prefix { $0 != "?" }
        let query = text.dropFirst(url.count)
        do throws(BaseAddress.Fault) {
            let address = try BaseAddress(String(url))
            guard let base else { return nil }
            let slash = url.hasSuffix("/") ? "/" : ""
            guard address.isSameServer(as: base) else {
                guard allowed.contains(where: address.isSameServer) else {
                    value.error(
                        "\(text.quoted) is another server than target.baseUrl \(base.text.quoted); "
                            + "to load it too, name it in target.allowedHosts"
                    )
                    return nil
                }
                let path = address.path + slash
                let query = (path.isEmpty ? "/" : path) + String(query)
                return Endpoint(method: method, path: query, origin: address.serverText)
            }
            // The base path ends at a slash: `/api` does not hold `/apis`.
            guard address.path == base.path || address.path.hasPrefix(base.path + "/") else {
                value.error("\(text.quoted) lies outside target.baseUrl \(base.text.quoted)")
                return nil
            }
            let path = String(address.path.dropFirst(base.path.count)) + slash
            return Endpoint(method: method, path: (path.isEmpty ? "/" : path) + String(query))
        } catch {
            value.error("\(error.reason) in \(text.quoted); example: `\(EndpointReader.example)`")
            return nil
        }
    }
}
