import Authentication
import HTTPTypes
import Hummingbird

/// Turns whatever a route throws into a `Problem`, so that no answer is an empty 500; for people it is a page.
///
/// What was not foreseen stays inside: the answer has a number, under which `report` hears the rest.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = WebContext

    /// One line, for whoever runs the service.
    let report: @Sendable (String) -> Void

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
            problem = unforeseen(error, in: request)
        }
        let isForPeople =
            request.headers[.accept]?.contains("text/html") == true && !request.uri.path.hasPrefix("/api/")
        return isForPeople
            ? try ProblemPage(problem).response(to: request) : try problem.response(from: request, context: context)
    }

    private func unforeseen(_ error: any Error, in request: Request) -> Problem {
        let number = SecretText.random().prefix(8)
        let text = "\(request.method) \(request.uri.path.prefix(200)): \(error)".split(whereSeparator: \.isNewline)
        report("problem \(number): \(text.joined(separator: " ").prefix(1_000))")
        return Problem(
            .internalServerError,
            "something went wrong inside; the service's log says what, as problem \(number)"
        )
    }
}
