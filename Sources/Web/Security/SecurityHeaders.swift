import HTTPTypes
import Hummingbird

/// What keeps a browser from doing more with an answer than showing it.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = WebContext

    /// Nothing from elsewhere, nothing inline: telemetry is hostile text, and this is the wall behind the escaping.
    static let policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

    let isSecure: Bool

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        func add(_ name: String, _ value: String) {
            guard let name = HTTPField.Name(name), response.headers[name] == nil else { return }
            response.headers[name] = value
        }
        add("Content-Security-Policy", SecurityHeaders.policy)
        add("X-Content-Type-Options", "nosniff")
        add("X-Frame-Options", "DENY")
        add("Referrer-Policy", "same-origin")
        add("Cross-Origin-Opener-Policy", "same-origin")
        add("Cross-Origin-Resource-Policy", "same-origin")
        add("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        // To be asked again each time; with an ETag that costs a 304.
        add("Cache-Control", "private, no-cache")
        if isSecure { add("Strict-Transport-Security", "max-age=31536000") }
        return response
    }
}
