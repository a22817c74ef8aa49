import Foundation
import HTTPTypes
import Hummingbird

/// A refusal as `application/problem+json` (RFC 9457): what was wrong, what was expected.
struct Problem: Error, HTTPResponseError {
    let status: HTTPTypes.HTTPResponse.Status
    /// One sentence for people, without secrets.
    let detail: String
    var headers: HTTPFields = [:]

    init(_ status: HTTPTypes.HTTPResponse.Status, _ detail: String) {
        self.status = status
        self.detail = detail
    }

    private struct Body: Encodable {
        let type = "about:blank"
        let title: String
        let status: Int
        let detail: String
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(Body(title: status.reasonPhrase, status: status.code, detail: detail))
        var fields = headers
        fields[.contentType] = "application/problem+json"
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
