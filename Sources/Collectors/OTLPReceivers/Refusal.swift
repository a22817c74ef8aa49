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
