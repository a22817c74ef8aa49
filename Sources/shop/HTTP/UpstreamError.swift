import HTTPTypes
import Hummingbird

/// Another service of the shop did not do its part.
enum UpstreamError: Error, HTTPResponseError, CustomStringConvertible {
    case noAnswer(ServiceName, String)
    case refused(ServiceName, status: Int)

    /// What the caller gets: its own mistakes as they are, anything else as a bad gateway.
    var status: HTTPTypes.HTTPResponse.Status {
        switch self {
        case .refused(_, let status) where (400..<500).contains(status): .init(code: status)
        case .refused, .noAnswer: .badGateway
        }
    }

    var description: String {
        switch self {
        case .noAnswer(let service, let reason): "\(service.rawValue) did not answer: \(reason)"
        case .refused(let service, let status): "\(service.rawValue) answered \(status)"
        }
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        JSONDocument.object(["error": .object(["message": .text(description)])]).response(status: status)
    }
}

extension ServiceClient.Answer {
    /// The body of a success; the service's own status otherwise.
    func json(from service: ServiceName) throws(UpstreamError) -> JSONDocument {
        guard isSuccess else { throw .refused(service, status: status) }
        return JSONDocument(bytes: body)
    }
}
