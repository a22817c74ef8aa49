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
        let body: [UInt8] =
            switch encoding {
            case .protobuf: ExportResponse.success(rejectedSpans: outcome.rejectedSpans, reason: outcome.reason)
            // JSON exports carry nothing that is decoded, hence nothing that could be rejected.
            case .json: Array("{}".utf8)
            }
        return OTLPAnswer(status: 200, headers: [.contentType: encoding.rawValue], body: body)
    }

    /// The refusal's status with a `google.rpc.Status` body.
    static func refusal(_ refusal: Refusal, in encoding: OTLPEncoding) -> OTLPAnswer {
        let reason = refusal.reason
        let body: [UInt8] =
            switch encoding {
            case .protobuf: ExportResponse.status(code: reason.statusCode, message: refusal.message)
            case .json: Array(#"{"code":\#(reason.statusCode),"message":"\#(refusal.message.jsonEscaped)"}"#.utf8)
            }
        var answer = OTLPAnswer(status: reason.httpStatus, headers: [.contentType: encoding.rawValue], body: body)
        switch reason {
        case .methodNotAllowed: answer.headers[.allow] = "POST"
        case .unsupportedCompression: answer.headers[.acceptEncoding] = "gzip, deflate, identity"
        case .overloaded: answer.headers[.retryAfter] = "1"
        case .tooLarge, .slowBody:
            answer.headers[.connection] = "close"
            answer.closesConnection = true
        default: break
        }
        return answer
    }
}

extension String {
    /// The text between the quotes of a JSON string.
    fileprivate var jsonEscaped: String {
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
