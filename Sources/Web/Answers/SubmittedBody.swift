import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The body of a request, read within its limits.
enum SubmittedBody {
    /// From the first byte to the last.
    private static let time: Duration = .seconds(30)

    static func bytes(of request: Request, atMost most: Int) async throws -> [UInt8] {
        let declared = request.headers[.contentLength].flatMap { Int($0) }
        if let declared, declared > most { throw tooLarge(most) }
        let deadline = ContinuousClock.now + time
        var bytes: [UInt8] = []
        for try await piece in request.body {
            guard bytes.count + piece.readableBytes <= most else { throw tooLarge(most) }
            guard ContinuousClock.now < deadline else {
                throw Problem(.requestTimeout, "the body took longer than 30 s")
            }
            bytes += Array(buffer: piece)
        }
        return bytes
    }

    /// Throws a 415 for another type and a 400 that says where for what is not understood.
    static func json<Value: Decodable>(
        _ type: Value.Type,
        of request: Request,
        atMost most: Int
    ) async throws -> Value {
        // A form of a hostile page cannot have this type without asking first.
        guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
            throw Problem(.unsupportedMediaType, "Content-Type must be application/json")
        }
        let data = Data(try await bytes(of: request, atMost: most))
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw Problem(.badRequest, "the body is not what was expected: \(explain(error))")
        }
    }

    /// The fields of a form of ours; throws where it does not prove that it is ours.
    static func form(of request: Request, context: WebContext, atMost most: Int) async throws -> FormQuery {
        guard request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true else {
            throw Problem(.unsupportedMediaType, "Content-Type must be application/x-www-form-urlencoded")
        }
        let text = String(decoding: try await bytes(of: request, atMost: min(most, 64 << 10)), as: UTF8.self)
        let fields = FormQuery(text)
        guard !context.visitor.isBrowserSession || fields["form"] == context.visitor.formToken else {
            throw Problem(.forbidden, "this form is old: load the page again")
        }
        return fields
    }

    private static func tooLarge(_ most: Int) -> Problem {
        Problem(.contentTooLarge, "the body is larger than \(most) bytes")
    }

    private static func explain(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "\(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "it is no JSON" : context.codingPath.map(\.stringValue).joined(separator: ".") + " has another type"
        @unknown default: "it cannot be read"
        }
    }
}
