import Hummingbird

/// The envelope of Jaeger's query API v1; `errors` is there even when there are none.
struct JaegerAnswer<Value: Encodable>: Encodable {
    struct Failure: Encodable {
        /// Of the whole answer; `nil` for what concerns one trace.
        var code: Int?
        var msg: String
        var traceID: String?
    }

    private enum CodingKeys: CodingKey {
        case data, total, limit, offset, errors
    }

    /// `nil` with errors only.
    var data: [Value]?
    var errors: [Failure]?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(data, forKey: .data)
        try container.encode(data?.count ?? 0, forKey: .total)
        try container.encode(0, forKey: .limit)
        try container.encode(0, forKey: .offset)
        try container.encode(errors, forKey: .errors)
    }
}

extension JaegerAnswer<String> {
    /// Answers with what `body` gives, or with its failure in Jaeger's shape.
    static func response<Found: Encodable>(_ body: () async throws -> [Found]) async throws -> Response {
        try await whole { JaegerAnswer<Found>(data: try await body()) }
    }

    /// The same of an answer that may name what was not found.
    static func whole<Found: Encodable>(_ body: () async throws -> JaegerAnswer<Found>) async throws -> Response {
        do {
            return try Answer.json(try await body(), status: .ok)
        } catch let error as CancellationError {
            throw error
        } catch {
            let refusal = FeedRefusal(error)
            let failure = Failure(code: refusal.status.code, msg: refusal.message)
            return try Answer.json(JaegerAnswer(data: nil, errors: [failure]), status: refusal.status)
        }
    }
}
