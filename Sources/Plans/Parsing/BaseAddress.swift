/// A target's base URL in parts, and what may stand in it.
struct BaseAddress: Hashable {
    /// `http` or `https`.
    var scheme: String
    /// In lower case; an IPv6 address with its brackets.
    var host: String
    var port: Int
    /// Without a trailing slash; empty for the root.
    var path: String
    /// As the model keeps it.
    var text: String

    struct Fault: Error {
        var reason: String
    }

    /// Reads an absolute `http` or `https` URL without credentials, query and fragment.
    init(_ text: String) throws(Fault) {
        guard let schemeEnd = text.firstRange(of: "://") else {
            throw Fault(reason: "expected a URL with its scheme")
        }
        scheme = text[..<schemeEnd.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else {
            throw Fault(reason: "expected scheme http or https, found \(scheme.quoted)")
        }
        guard text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) else {
            throw Fault(reason: "a URL holds no spaces, control characters or letters beyond ASCII")
        }
        let rest = text[schemeEnd.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let tail = rest.dropFirst(authority.count)
        guard !tail.contains("?"), !tail.contains("#") else {
            throw Fault(reason: "a base URL has no query and no fragment")
        }
        guard !authority.contains("@") else {
            throw Fault(reason: "credentials belong in target.headers, which no artifact shows")
        }
        (host, port) = try BaseAddress.hostAndPort(authority, defaultPort: scheme == "http" ? 80 : 443)
        var path = String(tail)
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
        self.text = "\(scheme)://\(authority)\(path)"
    }

    private static func hostAndPort(_ authority: Substring, defaultPort: Int) throws(Fault) -> (String, Int) {
        var host = authority
        var port = defaultPort
        // The last colon behind a bracket, so that those of an IPv6 address stay.
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            let digits = authority[authority.index(after: colon)...]
            guard let number = Int(digits), (1...65_535).contains(number) else {
                throw Fault(reason: "expected a port from 1 to 65535, found \(String(digits).quoted)")
            }
            port = number
            host = authority[..<colon]
        }
        guard !host.isEmpty else { throw Fault(reason: "the host is missing") }
        return (host.lowercased(), port)
    }

    /// Scheme, host and port alone.
    var serverText: String { "\(scheme)://\(host):\(port)" }

    /// Whether a URL of the other address goes to the same server.
    func isSameServer(as other: BaseAddress) -> Bool {
        (scheme, host, port) == (other.scheme, other.host, other.port)
    }
}
