import HTTPTypes
import OTLP

/// One HTTP answer in the encoding of its request.
struct OTLPAnswer: Sendable, Hashable {
    var status: Int
    var headers: HTTPFields
    var body: [UInt8]
    /// The rest of the body is not worth reading, so the connection ends with this answer.
    var closesConnection = false

    /// 200, with a partial success when something was rejected.
    static func success(_ outcome: ExportService.Outcome, in encoding: OTLPEncoding) -> OTLPAnswer {
        OTLPAnswer(
            status: 200,
            headers: [.contentType: encoding.rawValue],
            body: ExportResponse.success(outcome.signal, encoding, rejected: outcome.rejected, reason: outcome.reason)
        )
    }

    /// The refusal's status with a `google.rpc.Status` body.
    static func refusal(_ refusal: Refusal, in encoding: OTLPEncoding) -> OTLPAnswer {
        let reason = refusal.reason
        var answer = OTLPAnswer(
            status: reason.httpStatus,
            headers: [.contentType: encoding.rawValue],
            body: ExportResponse.status(encoding, code: reason.statusCode, message: refusal.message)
        )
        switch reason {
        case .methodNotAllowed: answer.headers[.allow] = "POST"
        case .unsupportedCompression: answer.headers[.acceptEncoding] = ContentCoding.supported
        case .unauthenticated: answer.headers[.wwwAuthenticate] = refusal.challenge
        case .overloaded: answer.headers[.retryAfter] = "\(Refusal.retryAfterSeconds)"
        case .tooLarge, .slowBody:
            answer.headers[.connection] = "close"
            answer.closesConnection = true
        default: break
        }
        return answer
    }

    /// The answer to a browser that asks whether its page may send.
    static func preflight(origin: String) -> OTLPAnswer {
        var answer = OTLPAnswer(status: 204, headers: [:], body: [])
        answer.headers[.accessControlAllowOrigin] = origin
        answer.headers[.accessControlAllowMethods] = "POST"
        answer.headers[.accessControlAllowHeaders] = "content-type, content-encoding, authorization"
        answer.headers[.accessControlMaxAge] = "7200"
        answer.headers[.vary] = "Origin"
        return answer
    }
}
