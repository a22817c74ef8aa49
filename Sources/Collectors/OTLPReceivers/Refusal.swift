/// Why a request was not taken, with what the sender should change.
struct Refusal: Error, Hashable {
    var reason: RefusalReason
    /// One English sentence for the person who configures the sender.
    var message: String
    /// What to show to be let in, for `.unauthenticated`.
    var challenge = "Bearer"
    /// Over gRPC, where its rules ask for another status than the reason's.
    var grpcStatus: Int32?

    /// The budget of the process has no room.
    static let overloaded = Refusal(
        reason: .overloaded,
        message: "too many bytes are in flight over all connections: retry in a second"
    )

    static func noAccess(challenge: String) -> Refusal {
        Refusal(
            reason: .unauthenticated,
            message: "no access: set OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20TOKEN",
            challenge: challenge
        )
    }

    /// `what` is what a request is made of: its body, or its message.
    static func tooLarge(_ what: String, limit: Int) -> Refusal {
        Refusal(
            reason: .tooLarge,
            message: "the \(what) is larger than \(limit) bytes after decompression: send smaller batches"
        )
    }

    /// What was wrong with a compressed `what`, whose compression `header` names.
    static func of(_ error: InflateError, _ what: String, header: String, limit: Int) -> Refusal {
        switch error {
        case .malformed:
            Refusal(reason: .malformed, message: "the \(what) is not what its \(header) says, or is damaged")
        case .truncated: Refusal(reason: .malformed, message: "the compressed \(what) ends in the middle")
        case .tooLarge: .tooLarge(what, limit: limit)
        case .noRoom: .overloaded
        case .unavailable: Refusal(reason: .failed, message: "there is no memory to inflate the \(what)")
        }
    }

    /// When a client that was refused for want of room may come again.
    static let retryAfterSeconds = 1
}

/// The kinds of refusal, a closed set so that counters stay bounded.
package enum RefusalReason: String, Sendable, Hashable, CaseIterable {
    case unknownPath
    case methodNotAllowed
    case unsupportedMediaType
    case unsupportedCompression
    case tooLarge
    case malformed
    case slowBody
    case unauthenticated
    case overloaded
    case failed
}

extension RefusalReason {
    /// The answer over HTTP.
    ///
    /// Clients retry 503 and drop the data on every other one of these.
    var httpStatus: Int {
        switch self {
        case .malformed: 400
        case .unauthenticated: 401
        case .unknownPath: 404
        case .methodNotAllowed: 405
        case .slowBody: 408
        case .tooLarge: 413
        case .unsupportedMediaType, .unsupportedCompression: 415
        case .failed: 500
        case .overloaded: 503
        }
    }

    /// The `code` of `google.rpc.Status`.
    var statusCode: Int32 {
        switch self {
        case .malformed, .unsupportedMediaType, .unsupportedCompression: 3  // INVALID_ARGUMENT
        case .slowBody: 4  // DEADLINE_EXCEEDED
        case .unknownPath: 5  // NOT_FOUND
        case .tooLarge: 8  // RESOURCE_EXHAUSTED
        case .methodNotAllowed: 12  // UNIMPLEMENTED
        case .failed: 13  // INTERNAL
        case .overloaded: 14  // UNAVAILABLE
        case .unauthenticated: 16  // UNAUTHENTICATED
        }
    }

    /// The status over gRPC, for which a method or a compression that nobody implements is the same.
    var grpcStatus: Int32 { self == .unsupportedCompression || self == .unknownPath ? 12 : statusCode }
}
