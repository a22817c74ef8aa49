import HummingbirdCore
import NIOCore

/// Reads one request body into memory, inflated, within the limits and the process's budget.
struct RequestBodyReader: Sendable {
    let settings: ReceiverSettings
    let counters: ReceiverCounters

    /// The whole body; throws a `Refusal`, or what the connection threw when the client went away.
    ///
    /// `declaredLength` is the request's Content-Length, `nil` for a chunked body. The `reservation` grows with the
    /// bytes held; the caller keeps it until it is done with them.
    func read(
        _ body: inout RequestBody.AsyncIterator,
        coding: ContentCoding,
        declaredLength: Int?,
        reservation: inout InFlightBudget.Reservation
    ) async throws -> ReceivedBody {
        if let declaredLength, declaredLength > settings.bodyBytes { throw tooLarge() }
        guard reservation.grow(to: declaredLength ?? 0) else { throw Refusal.overloaded }
        let deadline = ContinuousClock.now + settings.bodyTimeout
        var decoder = try makeDecoder(coding)
        var plain = ByteBuffer()
        var inflated: [UInt8] = []
        var wireBytes = 0
        while let piece = try await body.next() {
            wireBytes += piece.readableBytes
            counters.countWireBytes(piece.readableBytes)
            guard wireBytes <= settings.bodyBytes else { throw tooLarge() }
            guard ContinuousClock.now < deadline else { throw slowBody() }
            if coding == .identity {
                guard reservation.grow(to: wireBytes) else { throw Refusal.overloaded }
                append(piece, to: &plain, declaredLength: declaredLength)
            } else {
                try decode(piece, with: &decoder, into: &inflated, reservation: &reservation)
            }
        }
        // Hummingbird ends the body in the same way when the client hangs up in the middle of it.
        if let declaredLength, wireBytes < declaredLength { throw ConnectionEnded() }
        if wireBytes > 0 { try finish(decoder) }
        return coding == .identity ? .plain(plain) : .inflated(inflated)
    }

    /// The first piece is kept as it came: it is usually the whole body.
    private func append(_ piece: ByteBuffer, to plain: inout ByteBuffer, declaredLength: Int?) {
        guard plain.readableBytes > 0 else {
            plain = piece
            return
        }
        var piece = piece
        if let declaredLength, plain.capacity < declaredLength {
            var whole = ByteBuffer()
            whole.reserveCapacity(declaredLength)
            whole.writeBuffer(&plain)
            plain = whole
        }
        plain.writeBuffer(&piece)
    }

    /// Reads and forgets what is left of a body; false when that is more than `limit` bytes or takes too long.
    ///
    /// A server that closes with unread bytes resets the connection, and the client never sees its answer.
    func discard(_ body: inout RequestBody.AsyncIterator, upTo limit: Int) async throws -> Bool {
        let deadline = ContinuousClock.now + settings.bodyTimeout
        var discarded = 0
        while let piece = try await body.next() {
            discarded += piece.readableBytes
            counters.countWireBytes(piece.readableBytes)
            guard discarded <= limit, ContinuousClock.now < deadline else { return false }
        }
        return true
    }

    private func decode(
        _ piece: ByteBuffer,
        with decoder: inout BodyDecoder,
        into bytes: inout [UInt8],
        reservation: inout InFlightBudget.Reservation
    ) throws(Refusal) {
        // The limit holds for this piece too, so the reservation is at most one scratch buffer behind.
        var held = bytes.count
        do {
            try piece.withUnsafeReadableBytes { input throws(InflateError) in
                try decoder.decode(input, into: &bytes, limit: settings.bodyBytes) { count in
                    held += count
                    return reservation.grow(to: held)
                }
            }
        } catch {
            throw refusal(for: error)
        }
    }

    private func makeDecoder(_ coding: ContentCoding) throws(Refusal) -> BodyDecoder {
        do {
            return try BodyDecoder(coding)
        } catch {
            throw refusal(for: error)
        }
    }

    private func finish(_ decoder: borrowing BodyDecoder) throws(Refusal) {
        do {
            try decoder.finish()
        } catch {
            throw refusal(for: error)
        }
    }

    private func refusal(for error: InflateError) -> Refusal {
        .of(error, "body", header: "Content-Encoding", limit: settings.bodyBytes)
    }

    private func tooLarge() -> Refusal { .tooLarge("body", limit: settings.bodyBytes) }

    private func slowBody() -> Refusal {
        Refusal(reason: .slowBody, message: "the body took longer than \(settings.bodyTimeout) to arrive")
    }
}
