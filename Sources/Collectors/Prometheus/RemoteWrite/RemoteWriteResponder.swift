import HTTPTypes
import HummingbirdCore
import NIOCore

/// Answers one remote-write request after another.
struct RemoteWriteResponder: Sendable {
    static let path = "/api/v1/write"

    let service: RemoteWriteService
    let budget: InFlightBudget
    let settings: ReceiverSettings

    /// Throws to close the connection.
    func respond(to request: Request, with writer: consuming ResponseWriter) async throws {
        var body = request.body.makeAsyncIterator()
        let reader = RequestBodyReader(settings: settings, counters: ReceiverCounters())
        var refused: Refusal?
        do {
            try await take(request, &body, reader)
        } catch let refusal as Refusal {
            service.counters.countRefusal(refusal.reason)
            refused = refusal
        }
        try await writer.write(
            response: head(for: refused),
            body: ResponseBody(byteBuffer: ByteBuffer(string: refused.map { $0.message + "\n" } ?? ""))
        )
        let isDrained = try await reader.discard(&body, upTo: 2 * settings.bodyBytes)
        if !isDrained || refused?.reason == .tooLarge { throw ConnectionEnded() }
    }

    private func take(
        _ request: Request,
        _ body: inout RequestBody.AsyncIterator,
        _ reader: RequestBodyReader
    ) async throws {
        guard request.uri.path == RemoteWriteResponder.path else {
            throw Refusal(
                reason: .unknownPath,
                message: "only remote write is received here: set the url of remote_write to …\(Self.path)"
            )
        }
        guard request.method == .post else {
            throw Refusal(reason: .methodNotAllowed, message: "remote write is sent with POST")
        }
        try service.admit(
            .init(
                contentType: request.headers[.contentType],
                contentEncoding: request.headers[.contentEncoding]
            )
        )
        let length = request.headers[.contentLength].flatMap { Int($0) }
        var reservation = budget.reservation()
        let bytes = try await reader.read(
            &body,
            coding: .identity,
            declaredLength: length,
            reservation: &reservation
        ).bytes
        guard reservation.grow(to: bytes.count + (SnappyBlock.declaredLength(of: bytes) ?? 0)) else {
            throw Refusal(reason: .overloaded, message: "too many bytes are in flight: retry in a second")
        }
        try service.take(bytes)
    }

    private func head(for refusal: Refusal?) -> HTTPResponse {
        guard let refusal else { return HTTPResponse(status: .noContent) }
        var head = HTTPResponse(
            status: .init(code: refusal.reason.httpStatus),
            headerFields: [.contentType: "text/plain; charset=utf-8"]
        )
        head.headerFields[.contentLength] = "\(refusal.message.utf8.count + 1)"
        if refusal.reason == .overloaded { head.headerFields[.retryAfter] = "1" }
        if refusal.reason == .methodNotAllowed { head.headerFields[.allow] = "POST" }
        return head
    }
}
