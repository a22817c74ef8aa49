import Authentication
import HTTPTypes
import Hummingbird
import Listeners

/// Decides who a request is from and whether it may be what it asks to be.
struct Access: Sendable {
    let credentials: Credentials
    let sessions = BrowserSessions()
    /// Shows in links and cookies.
    let isSecure: Bool
    /// Names under which the service may be asked when there are no tokens, beside loopback.
    let knownHosts: Set<String>
    let now: @Sendable () -> UInt64
    private let localFormToken = SecretText.random()

    init(_ settings: WebSettings, now: @escaping @Sendable () -> UInt64) {
        credentials = settings.credentials
        isSecure = settings.certificate != nil
        knownHosts = Set((settings.allowedHosts + [settings.host]).map { Access.host(of: $0.lowercased()) })
        self.now = now
    }

    var needsToken: Bool { !credentials.isOpen }

    /// Somebody with no scopes where nothing valid was shown.
    func visitor(of request: Request) throws -> Visitor {
        guard needsToken else {
            return Visitor(name: "local", scopes: Set(AccessScope.allCases), formToken: localFormToken)
        }
        if let header = request.headers[.authorization] {
            guard let token = credentials.token(inHeader: header) else { throw unauthorized("the token is not known") }
            return Visitor(name: token.name, scopes: token.scopes)
        }
        return request.cookies[BrowserSessions.cookieName]
            .flatMap { sessions.visitor($0.value, of: credentials, now: now()) } ?? Visitor()
    }

    func unauthorized(_ detail: String) -> Problem {
        var problem = Problem(.unauthorized, detail)
        problem.headers[.wwwAuthenticate] = credentials.challenge
        return problem
    }

    /// Throws where a page of another site could have sent the request, or made a name of its own lead here.
    func checkOrigin(of request: Request, by visitor: Visitor) throws {
        if !needsToken, !isKnown(request.head.authority ?? "") {
            throw Problem(
                .misdirectedRequest,
                "without tokens the service answers to loopback names and --allowed-host only, so that no web page can reach it under a name of its own"
            )
        }
        guard !Access.isSafe(request.method) else { return }
        if let origin = request.headers[.origin] {
            guard isOwn(origin, of: request) else {
                throw Problem(.forbidden, "the request comes from a page of \(origin), which is not this service")
            }
        } else if visitor.isBrowserSession, request.headers[named: "Sec-Fetch-Site"] != "same-origin" {
            throw Problem(.forbidden, "a browser's request must say which page it comes from")
        }
        if visitor.isBrowserSession, request.uri.path.hasPrefix("/api/"),
            request.headers[named: "X-Plimsoll-Form"] != visitor.formToken
        {
            throw Problem(.forbidden, "the header X-Plimsoll-Form is missing or old: load the page again")
        }
    }

    static func isSafe(_ method: HTTPTypes.HTTPRequest.Method) -> Bool {
        method == .get || method == .head || method == .options
    }

    private func isOwn(_ origin: String, of request: Request) -> Bool {
        guard let authority = request.head.authority, let separator = origin.firstRange(of: "://") else { return false }
        // The scheme is not compared: a proxy in front may end TLS.
        return origin[separator.upperBound...].lowercased() == authority.lowercased()
    }

    private func isKnown(_ authority: String) -> Bool {
        let host = Access.host(of: authority.lowercased())
        return Loopback.contains(host) || knownHosts.contains(host)
    }

    /// Without the port, and an address of IPv6 without its brackets.
    static func host(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[..<end].dropFirst())
        }
        // An address that somebody wrote without brackets.
        if authority.count(where: { $0 == ":" }) > 1 { return authority }
        return String(authority.prefix { $0 != ":" })
    }
}

extension HTTPFields {
    /// A field by a name that HTTPTypes has no constant for.
    subscript(named name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }
}
