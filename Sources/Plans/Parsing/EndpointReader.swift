/// Reads `endpoint`: `POST /checkout/submit`, `/checkout/submit` or a full URL under the base URL.
struct EndpointReader {
    struct Endpoint: Hashable {
        var method: String
        /// With its leading slash, query included.
        var path: String
    }

    static let example = "endpoint: POST /checkout/submit"
    private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// `nil` when the base URL is itself missing or wrong, which has been reported.
    let base: BaseAddress?

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
        guard let path = path(hasMethod ? String(place) : text, value) else { return nil }
        return Endpoint(method: method, path: path)
    }

    private func path(_ text: String, _ value: YAMLValue) -> String? {
        let literal = text.replacing(/\{\{[^}]*\}\}/, with: "")
        guard !literal.contains("#"), literal.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) else {
            value.error(
                "a path holds no `#`, control characters or letters beyond ASCII; write them percent-encoded (%23)"
            )
            return nil
        }
        if text.hasPrefix("/") { return text }
        guard text.contains("://") else {
            value.expected("a path that starts with `/`", example: EndpointReader.example)
            return nil
        }
        return path(ofURL: text, value)
    }

    private func path(ofURL text: String, _ value: YAMLValue) -> String? {
        let url = text.prefix { $0 != "?" }
        let query = text.dropFirst(url.count)
        do throws(BaseAddress.Fault) {
            let address = try BaseAddress(String(url))
            guard let base else { return nil }
            guard address.isSameServer(as: base) else {
                value.error("\(text.quoted) is another server than target.baseUrl \(base.text.quoted)")
                return nil
            }
            // The base path ends at a slash: `/api` does not hold `/apis`.
            guard address.path == base.path || address.path.hasPrefix(base.path + "/") else {
                value.error("\(text.quoted) lies outside target.baseUrl \(base.text.quoted)")
                return nil
            }
            let slash = url.hasSuffix("/") ? "/" : ""
            let path = String(address.path.dropFirst(base.path.count)) + slash
            return (path.isEmpty ? "/" : path) + String(query)
        } catch {
            value.error("\(error.reason) in \(text.quoted); example: `\(EndpointReader.example)`")
            return nil
        }
    }
}
