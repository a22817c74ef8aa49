import Hummingbird

/// Counts every request that is answered, whatever the answer.
struct CountingMiddleware: RouterMiddleware {
    typealias Context = BasicRequestContext

    let counters: RequestCounters

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            let response = try await next(request, context)
            count(request, context, status: response.status.code)
            return response
        } catch {
            count(request, context, status: (error as? any HTTPResponseError)?.status.code ?? 500)
            throw error
        }
    }

    private func count(_ request: Request, _ context: Context, status: Int) {
        let route = context.endpointPath ?? "none"
        // A method is the client's text: only those that have a route may become a label.
        let method = context.endpointPath == nil ? "_OTHER" : request.method.rawValue
        counters.count(RequestCounters.Key(method: method, route: route, status: status))
    }
}
