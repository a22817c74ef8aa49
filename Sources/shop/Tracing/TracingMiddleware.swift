import HTTPTypes
import Hummingbird
import Telemetry

/// One SERVER span for each request, and `Tracer.current` for what is done in it.
///
/// Health checks and scrapes are left out: they would drown the traces of real requests.
struct TracingMiddleware: RouterMiddleware {
    typealias Context = BasicRequestContext

    /// Paths without spans.
    static let untraced: Set<String> = ["/healthz", "/metrics"]

    let tracer: Tracer
    let port: Int

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard !Self.untraced.contains(request.uri.path) else { return try await next(request, context) }
        let parent = Self.parent(in: request.headers)
        var span = tracer.begin(
            request.method.rawValue,
            kind: .server,
            parent: parent,
            isParentRemote: parent != nil,
            attributes: [
                ("http.request.method", .string(request.method.rawValue)),
                ("url.path", .string(request.uri.path)),
                ("url.scheme", "http"),
                ("server.address", "127.0.0.1"),
                ("server.port", .int(Int64(port))),
                ("network.protocol.version", "1.1"),
            ]
        )
        defer { tracer.end(span) }
        do {
            let response = try await Tracer.$current.withValue(span.context) { try await next(request, context) }
            Self.finish(&span, request, context, status: response.status.code, error: nil)
            return response
        } catch {
            let status = (error as? any HTTPResponseError)?.status.code ?? 500
            Self.finish(&span, request, context, status: status, error: error)
            throw error
        }
    }

    /// The caller's context; a repeated `traceparent` counts as none.
    private static func parent(in headers: HTTPFields) -> TraceContext? {
        let parents = headers[values: .traceparent]
        guard parents.count == 1, var context = TraceContext(traceparent: parents[0]) else { return nil }
        context.state = headers[.tracestate]
        context.baggage = headers[.baggage]
        return context
    }

    private static func finish(
        _ span: inout ActiveSpan,
        _ request: Request,
        _ context: Context,
        status: Int,
        error: (any Error)?
    ) {
        if let route = context.endpointPath {
            span.name = "\(request.method.rawValue) \(route)"
            span.set("http.route", .string(route))
        }
        span.set("http.response.status_code", .int(Int64(status)))
        guard status >= 500 else { return }
        span.errorType = String(status)
        span.errorMessage = error.map { "\($0)" }
    }
}

extension HTTPField.Name {
    // Tokens without a forbidden character, so the fallback is never taken.
    static let traceparent = HTTPField.Name("traceparent") ?? .via
    static let tracestate = HTTPField.Name("tracestate") ?? .via
    static let baggage = HTTPField.Name("baggage") ?? .via
    /// How often this request was sent before, by a caller that tries again.
    static let retryAttempt = HTTPField.Name("x-retry-attempt") ?? .via
}
