import HTTPTypes
import Hummingbird

/// Everything under `/api/v1`, with the paths as `docs/openapi.yaml` writes them.
struct APIRoute: Sendable {
    typealias Handler = @Sendable (Request, WebContext) async throws -> Response

    var method: HTTPTypes.HTTPRequest.Method
    /// Such as `/runs/{id}`.
    var path: String
    var handler: Handler

    /// As `docs/openapi.yaml` has it: `get /runs/{id}`.
    var operation: String { "\(method.rawValue.lowercased()) \(path)" }

    static func get(_ path: String, _ handler: @escaping Handler) -> APIRoute {
        APIRoute(method: .get, path: path, handler: handler)
    }

    static func post(_ path: String, _ handler: @escaping Handler) -> APIRoute {
        APIRoute(method: .post, path: path, handler: handler)
    }
}
