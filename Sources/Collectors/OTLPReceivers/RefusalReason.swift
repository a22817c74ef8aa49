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
    case forbidden
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
        case .forbidden: 403
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
        case .forbidden: 7  // PERMISSION_DENIED
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
