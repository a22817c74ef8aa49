import HTTPTypes
import Hummingbird

/// Turns whatever a route throws into a `Problem`, so that no answer is an empty 500; for people it is a page.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = WebContext

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let problem: Problem
        do {
            return try await next(request, context)
        } catch let known as Problem {
            problem = known
        } catch let error as HTTPError {
            let detail = error.body ?? (error.status == .notFound ? "there is nothing at this path" : "\(error.status)")
            problem = Problem(error.status, detail)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            problem = Problem(.internalServerError, "\(error)")
        }
        let isForPeople =
            request.headers[.accept]?.contains("text/html") == true && !request.uri.path.hasPrefix("/api/")
        return isForPeople
            ? try ProblemPage(problem).response(to: request) : try problem.response(from: request, context: context)
    }
}
