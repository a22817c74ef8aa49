import Authentication
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Answers with an ETag, and 304 to whoever has it already.
enum Answer {
    /// Any bytes; `headers` are added to what is said of all answers.
    static func bytes(
        _ bytes: [UInt8],
        type: String,
        for request: Request,
        headers: HTTPFields = [:]
    ) -> Response {
        let tag = "\"" + SecretText.hex(Array(ContentDigest.sha256(bytes).prefix(12))) + "\""
        var fields = headers
        fields[.eTag] = tag
        if let known = request.headers[.ifNoneMatch], matches(known, tag) {
            return Response(status: .notModified, headers: fields)
        }
        fields[.contentType] = type
        return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func text(_ text: String, type: String = "text/plain; charset=utf-8", for request: Request) -> Response {
        bytes(Array(text.utf8), type: type, for: request)
    }

    static func html(_ page: String, for request: Request) -> Response {
        bytes(Array(page.utf8), type: "text/html; charset=utf-8", for: request)
    }

    /// Sorted keys, ISO dates nowhere: moments are Unix nanoseconds as everywhere in Plimsoll.
    static func json(_ value: some Encodable, for request: Request) throws -> Response {
        bytes(try encode(value), type: "application/json", for: request)
    }

    /// An answer to something that was done.
    static func json(_ value: some Encodable, status: HTTPTypes.HTTPResponse.Status) throws -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encode(value)))
        )
    }

    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        return Array(try encoder.encode(value))
    }

    private static func matches(_ header: String, _ tag: String) -> Bool {
        header.split(separator: ",").contains { known in
            let known = known.trimmingCharacters(in: .whitespaces)
            return known == "*" || known == tag || known == "W/" + tag
        }
    }
}
