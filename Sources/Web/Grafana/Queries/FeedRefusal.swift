import HTTPTypes

/// Why a feed gives no answer; each API words it in its own shape.
struct FeedRefusal: Error {
    var status: HTTPTypes.HTTPResponse.Status
    /// One sentence that names the parameter and what was expected.
    var message: String

    static func badRequest(_ message: String) -> FeedRefusal { FeedRefusal(status: .badRequest, message: message) }
    static func notFound(_ message: String) -> FeedRefusal { FeedRefusal(status: .notFound, message: message) }

    /// Whatever a route failed with, as a refusal.
    init(_ error: any Error) {
        self = error as? FeedRefusal ?? FeedRefusal(status: .internalServerError, message: "\(error)")
    }

    private init(status: HTTPTypes.HTTPResponse.Status, message: String) {
        self.status = status
        self.message = message
    }
}
