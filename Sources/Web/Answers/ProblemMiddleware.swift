import HTTPTypes
import Hummingbird

/// Turns whatever a route throws into a `Problem`, so that no answer is an empty 500.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = WebContext

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            return try problem.response(from: request, context: context)
        } catch let error as HTTPError {
            let detail = error.body ?? (error.status == .notFound ? "there is nothing at this path" : "\(error.status)")
            return try Problem(error.status, detail).response(from: request, context: context)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return try Problem(.internalServerError, "\(error)").response(from: request, context: context)
        }
    }
}
