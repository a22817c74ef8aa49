import Authentication
import HTTPTypes
import Hummingbird

/// Lets in who may come in: reading wants the scope `read`, everything that changes something wants `write`.
struct TokenGate: RouterMiddleware {
    typealias Context = WebContext

    /// What everybody may see: the way in, and the look of it.
    private static let open: Set<String> = ["/login", "/logout", "/favicon.ico"]

    let access: Access

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        // A probe asks by the address it knows; what it learns is one word.
        if path == "/healthz" || path == "/readyz" { return try await next(request, context) }
        var context = context
        context.visitor = try access.visitor(of: request)
        try access.checkOrigin(of: request, by: context.visitor)
        guard !TokenGate.open.contains(path), !path.hasPrefix("/assets/") else {
            return try await next(request, context)
        }
        let wanted: AccessScope = Access.isSafe(request.method) ? .read : .write
        if context.visitor.scopes.contains(wanted) { return try await next(request, context) }
        guard context.visitor.scopes.isEmpty else {
            throw Problem(.forbidden, "the token \(context.visitor.name) lacks the scope \(wanted.rawValue)")
        }
        let isPage = request.method == .get && request.headers[.accept]?.contains("text/html") == true
        guard isPage else { throw access.unauthorized("a token is needed: Authorization: Bearer …") }
        return .redirect(to: "/login?next=\(Query.escape(request.uri.string))", type: .normal)
    }
}
